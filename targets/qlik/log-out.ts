/** Ends the sessions a run opened: a site bears five of a user at a time, and a sixth finds the door shut (IM-080). */
import type { Principal, Step } from "../../contract/types.ts";
import type { QlikConfig } from "./config.ts";
import { CookieJar, type Http } from "./http.ts";
import { endSession, type Session } from "./identity.ts";

type Reach = { readonly config: QlikConfig; readonly http: Http };
type Entered = Pick<Session, "prefix" | "jar">;

function same(left: string, right: string): boolean {
  return left.toUpperCase() === right.toUpperCase();
}

/** The administrator's session is the run's own, whoever asks as him. */
export function isAdministrator({ admin }: QlikConfig, who: Principal): boolean {
  return same(admin.directory, who.directory) && same(admin.id, who.id);
}

export async function leave(reach: Reach, sessions: Iterable<Entered>): Promise<void> {
  for (const session of sessions) await endSession(reach, session);
}

/** One question asked with a browser of its own, whose session ends with it. */
export async function withBrowser<T>(reach: Reach, prefix: string, work: (jar: CookieJar) => Promise<T>): Promise<T> {
  const jar = new CookieJar();
  try {
    return await work(jar);
  } finally {
    await endSession(reach, { prefix, jar });
  }
}

/** The browsers of a conversation, each at the virtual proxies it went to. */
export function visited(steps: readonly Step[], jars: ReadonlyMap<string, CookieJar>): readonly Entered[] {
  const seen = new Map<string, Entered>();
  for (const { actor, with: brought } of steps) {
    const [jar, prefix] = [jars.get(actor), brought["proxy"]];
    if (jar !== undefined && typeof prefix === "string") seen.set(JSON.stringify([actor, prefix]), { prefix, jar });
  }
  return [...seen.values()];
}
