/** What the mock's parts ask of each other: the engine of the repository and of the transport, and back. */
import type { Entity, Principal, RequestContext } from "../contract/types.ts";
import type { Identity } from "./identity.ts";

/** The repository as the engine and the proxy see it. */
export interface RepositoryPort {
  entity(type: string, id: string): Entity | undefined;
  all(type: string): readonly Entity[];
  /** Whether the caller may do this to an existing entity, by the site's rules. */
  may(who: Identity, action: string, type: string, id: string, context: RequestContext): boolean;
  /** Whether the caller may create this would-be entity. */
  mayCreate(who: Identity, type: string, wouldBe: Entity, context: RequestContext): boolean;
  /** The user as the directory knows him (groups, attributes), with the session's attributes. */
  principal(who: Identity): Principal;
  /** Adds an App row owned by the caller and returns it. */
  createApp(who: Identity, name: string): Entity;
  update(type: string, id: string, change: { readonly [field: string]: Entity[string] }): Entity;
  remove(type: string, id: string): void;
}

/** The engine as the transport and the repository see it. */
export interface EnginePort {
  /** A new engine connection of this identity; frames out go to `send`, frames in to `receive`. */
  connect(who: Identity, transport: EngineTransport): EngineConnection;
  /** Sets an app's script and files without a connection (serving a site folder), and reloads it. */
  install(appId: string, script: string, files: { readonly [path: string]: string }): Promise<void>;
  /** Adds a file an app's script may read as `lib://AttachedFiles/<name>`. */
  attach(appId: string, name: string, content: string): void;
  /** Drops an app's script, files and data. */
  drop(appId: string): Promise<void>;
  /** Puts the section access of the app's last reload in force (SA-LIF-02). */
  publish(appId: string): void;
  /** Reloads the app as a task does; whether it was opened and its script ran. */
  runTask(starter: Identity, appId: string): Promise<boolean>;
  /** Content of an export, for who made it. */
  download(who: Identity, name: string): string | undefined;
  /** Makes an export of all of an app, without data where told; its name, or undefined when the app has no file. */
  exported(who: Identity, appId: string, skipData: boolean): string | undefined;
  /** Notes that an app is a row without a file: it cannot be opened until one is put up (QR-009). */
  reserve(appId: string): void;
  /** Gives an app the content of an export; false for content that is none. */
  upload(appId: string, content: string): boolean;
  /** Copies an app's script, files and data under a new id. */
  copy(from: string, to: string): Promise<void>;
  close(): Promise<void>;
}

export interface EngineTransport {
  send(frame: string): void;
  close(): void;
}

export interface EngineConnection {
  receive(frame: string): Promise<void>;
  close(): void;
}
