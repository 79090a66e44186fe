/** Who is logged in during one deployment. */
import type { Principal } from "../../contract/types.ts";
import type { QlikConfig } from "./config.ts";
import { TargetFault } from "../faults.ts";
import { attachedProxy, createHelperProxy } from "./helper-proxy.ts";
import type { Http } from "./http.ts";
import { isAnonymous, openAnonymousSession, openSession, sessionKey, type Session } from "./identity.ts";
import { isAdministrator, leave } from "./log-out.ts";
import type { OwnThings } from "./own-things.ts";
import type { Ledger, Workshop } from "./workshop.ts";

interface Reach {
  readonly http: Http;
  readonly config: QlikConfig;
  /** What the run may change on a site that others use too. */
  readonly own?: OwnThings;
  /** Whether the site has a user of this directory and id. */
  readonly knows: (who: Principal) => boolean;
}

/** The sessions of one deployment's principals, opened when first asked for. */
export class Sessions {
  readonly #open = new Map<string, Promise<Session>>();
  /** Sessions to end with the deployment. */
  readonly #ending: Session[] = [];
  readonly #reach: Reach;
  readonly #shop: Workshop;
  readonly #ledger: Ledger;

  constructor(reach: Reach, shop: Workshop, ledger: Ledger) {
    this.#reach = reach;
    this.#shop = shop;
    this.#ledger = ledger;
  }

  of(who: Principal): Promise<Session> {
    const key = sessionKey(who);
    const open = this.#open.get(key) ?? this.#started(who);
    this.#open.set(key, open);
    // What failed once is tried again by the next question.
    open.catch(() => this.#open.delete(key));
    return open;
  }

  /** Logs everybody out who was logged in for this deployment, where that may be done. */
  end(): Promise<void> {
    return leave(this.#reach, this.#ending.splice(0));
  }

  async #started(who: Principal): Promise<Session> {
    const session = await this.#start(who);
    if (!isAdministrator(this.#reach.config, who)) this.#ending.push(session);
    return session;
  }

  /** A first log-in would create the user (IM-051), and some sessions need a virtual proxy that is not there. */
  #assertUnchanged(who: Principal): void {
    const { config, knows, own } = this.#reach;
    if (config.allowWrites && own === undefined) return;
    if (isAnonymous(who) || attachedProxy(config, who) === undefined) {
      throw new TargetFault(
        "not-found",
        "the site has no virtual proxy for this session, and the run may not make one",
      );
    }
    if (!knows(who) && own?.hasDirectory(who.directory) !== true) {
      throw new TargetFault("not-found", "the site has no such user, and logging in would create one");
    }
  }

  async #start(who: Principal): Promise<Session> {
    this.#assertUnchanged(who);
    if (isAnonymous(who)) {
      const prefix = await createHelperProxy(this.#shop, this.#ledger, { anonymous: true, attributes: [] });
      return openAnonymousSession(this.#reach.http, prefix);
    }
    const mapped = attachedProxy(this.#reach.config, who);
    if (mapped !== undefined) return openSession(this.#reach.http, this.#reach.config, who, mapped);
    const prefix = await createHelperProxy(this.#shop, this.#ledger, {
      anonymous: false,
      attributes: Object.keys(who.session),
    });
    const plain = {
      ...this.#reach.config,
      claims: { userId: "userId", userDirectory: "userDirectory", attributes: {} },
    };
    return openSession(this.#reach.http, plain, who, prefix);
  }
}
