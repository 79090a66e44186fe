/** The engine of the mock: apps, reductions and connections behind one port. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Identity } from "../identity.ts";
import type { EngineConnection, EnginePort, EngineTransport, RepositoryPort } from "../ports.ts";
import type { NamedApp } from "../../reload/site-apps.ts";
import { createAppShelf, type AppShelf } from "./apps.ts";
import { createDownloads, loadedFrom } from "./downloads.ts";
import { evaluateAccess, type AccessAnswer } from "./evaluate.ts";
import { isPublished } from "./published.ts";
import { runTask } from "./reload-app.ts";
import { answerFrame } from "./rpc.ts";
import type { EngineSeams } from "./seams.ts";
import { newSession, type EngineContext } from "./session.ts";

export interface EngineOptions {
  readonly repository: RepositoryPort;
  readonly dialect: Dialect;
  readonly seams: EngineSeams;
}

/** Starts an engine without apps. */
export async function createEngine(options: EngineOptions): Promise<EnginePort> {
  const apps = createAppShelf(options.dialect, options.seams.reload, () => namesOf(options.repository));
  const downloads = createDownloads();
  const context: EngineContext = { ...options, apps, downloads, reduce: reducer(options, apps) };
  return {
    connect: (who, transport) => connect(context, who, transport),
    install: async (appId, script, files) => apps.install(appId, script, files),
    attach: (appId, name, content) => apps.attach(appId, `lib://AttachedFiles/${name}`, content),
    publish: (appId) => apps.publish(appId),
    runTask: (starter, appId) => runTask(context, starter, appId),
    download: (who, name) => downloads.take(who, name),
    upload: (appId, content) => {
      const data = loadedFrom(content);
      if (data !== undefined) apps.fill(appId, data);
      return data !== undefined;
    },
    exported: (who, appId, skipData) => {
      if (!apps.hasFile(appId)) return undefined;
      return downloads.put(who, skipData ? [] : (apps.get(appId).data?.app ?? [])).name;
    },
    reserve: (appId) => apps.reserve(appId),
    drop: async (appId) => apps.drop(appId),
    copy: async (from, to) => apps.copy(from, to),
    close: async () => {},
  };
}

function namesOf(repository: RepositoryPort): readonly NamedApp[] {
  return repository.all("App").map(({ id, name }) => ({ id, name: typeof name === "string" ? name : "" }));
}

/** Reductions are kept per version of an app's data and per user with all that speaks for him. */
const keptReductions = 500;

function reducer({ repository, dialect, seams }: EngineOptions, apps: AppShelf): EngineContext["reduce"] {
  const kept = new Map<string, Promise<AccessAnswer>>();
  return (identity, appId, askedAs) => {
    const { data, version } = apps.get(appId);
    if (data === undefined) return Promise.resolve({ access: "granted", level: "NONE", omitted: [], tables: [] });
    const who = seams.openedAs(repository.principal(identity), askedAs);
    const published = isPublished(repository, appId);
    const key = `${String(published)} ${seams.reductionKey(appId, version, who)}`;
    const answer = kept.get(key) ?? reduceOne({ app: data, who, published }, dialect, seams);
    kept.set(key, answer);
    const [oldest] = kept.keys();
    if (kept.size > keptReductions && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
}

async function reduceOne(
  question: Parameters<typeof evaluateAccess>[0][number],
  dialect: Dialect,
  seams: EngineSeams,
): Promise<AccessAnswer> {
  const [answer] = await evaluateAccess([question], dialect, seams);
  return answer ?? { access: "denied" };
}

/** Both greetings are pushed at once, which satisfies clients that wait and clients that do not (EN-005). */
function connect(context: EngineContext, who: Identity, transport: EngineTransport): EngineConnection {
  const session = newSession(who);
  let open = true;
  let before: Promise<void> = Promise.resolve();
  const named = { userId: who.id, userDirectory: who.directory, mustAuthenticate: false };
  for (const greeting of [
    { method: "OnAuthenticationInformation", params: named },
    { method: "OnConnected", params: { qSessionState: "SESSION_CREATED" } },
  ]) {
    transport.send(JSON.stringify({ jsonrpc: "2.0", ...context.seams.greeting(greeting) }));
  }
  return {
    receive: (frame) => {
      const answered = before.then(async () => {
        const answer = await answerFrame(context, session, frame);
        if (open) transport.send(answer);
      });
      before = answered.catch(() => undefined);
      return answered;
    },
    close: () => {
      open = false;
      session.document = undefined;
      session.receivers.clear();
    },
  };
}
