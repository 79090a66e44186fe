/** The repository in memory: entities, the decisions over them, and the port the engine and the proxy use. */
import { randomUUID } from "node:crypto";
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Entity, Principal, Site } from "../../contract/types.ts";
import type { Identity } from "../identity.ts";
import type { RepositoryPort } from "../ports.ts";
import { evaluateRules } from "../rules/evaluate.ts";
import { actionBits, same, type RuleAnswer, type RuleQuestionLike } from "../rules/model.ts";
import type { RuleSeams } from "../rules/seams.ts";
import { recordsOf } from "../fields.ts";
import { userEntity } from "../rules/subject.ts";
import { createActivityLog, type ActivityLog } from "./activity.ts";
import type { Caller } from "./caller.ts";
import { unknown } from "./refusal.ts";
import { createSelections, type Selections } from "./selections.ts";
import { createStore, refreshed, type Store } from "./store.ts";

export interface Repository extends RepositoryPort {
  readonly store: Store;
  readonly dialect: Dialect;
  readonly seams: RuleSeams;
  readonly activity: ActivityLog;
  readonly selections: Selections;
  decide(questions: readonly RuleQuestionLike[]): readonly RuleAnswer[];
  /** Names of the actions the caller may do to an entity, in the order of their bits. */
  privileges(caller: Caller, type: string, id: string): readonly string[];
  /** The User entity of this directory and id, letter case ignored. */
  user(directory: string, id: string): Entity | undefined;
  /** The User entity, made at the first log-in (IM-051). */
  userAtLogin(directory: string, id: string): Entity;
}

/** The directory's record of a user as a principal: groups apart from his other attributes. */
export function principalOf(site: Site, who: Pick<Identity, "directory" | "id" | "session">): Principal {
  const groups: string[] = [];
  const attributes = new Map<string, string[]>();
  for (const { attributeType, attributeValue } of recordsOf(userEntity(site, who.directory, who.id)?.["attributes"])) {
    if (typeof attributeType !== "string" || typeof attributeValue !== "string") continue;
    if (same(attributeType, "group")) groups.push(attributeValue);
    else attributes.set(attributeType, [...(attributes.get(attributeType) ?? []), attributeValue]);
  }
  const { directory, id, session } = who;
  return { directory, id, groups, attributes: Object.fromEntries(attributes), session };
}

/** Values of custom properties have ids, and keep them. */
function withValueIds(entity: Entity): Entity {
  const values = recordsOf(entity["customProperties"]);
  return values.length === 0
    ? entity
    : { ...entity, customProperties: values.map((value) => ({ id: randomUUID(), ...value })) };
}

function load(store: Store, site: Site): void {
  for (const [type, entities] of Object.entries(site.entities))
    for (const entity of entities) store.put(type, withValueIds(entity));
}

export function createRepository(site: Site, dialect: Dialect, seams: RuleSeams): Repository {
  const store = createStore();
  load(store, site);
  const principal = (who: Identity): Principal => principalOf(store.site, who);
  const decide = (questions: readonly RuleQuestionLike[]): readonly RuleAnswer[] =>
    evaluateRules(store.site, questions, dialect, seams);
  const allowed = (question: RuleQuestionLike): boolean => decide([question])[0]?.allowed === true;
  const user = (directory: string, id: string): Entity | undefined => userEntity(store.site, directory, id);
  const userAtLogin = (directory: string, id: string): Entity =>
    user(directory, id) ?? store.put("User", { id: randomUUID(), userDirectory: directory, userId: id, name: id });

  return {
    store,
    dialect,
    seams,
    activity: createActivityLog(),
    selections: createSelections(),
    decide,
    user,
    userAtLogin,
    principal,
    entity: (type, id) => store.entity(type, id),
    all: (type) => store.all(type),
    may(...asked) {
      const [who, action, type, id, context] = asked;
      return allowed({ as: principal(who), resource: { type, id }, action, context });
    },
    mayCreate: (who, type, wouldBe, context) =>
      allowed({ as: principal(who), resource: { type, wouldBe }, action: "create", context }),
    privileges({ who, context }, type, id) {
      const actions = Object.keys(actionBits);
      const as = principal(who);
      const answers = decide(actions.map((action) => ({ as, resource: { type, id }, action, context })));
      return actions.filter((_, index) => answers[index]?.allowed === true);
    },
    createApp(who, name) {
      const owner = userAtLogin(who.directory, who.id);
      const app = {
        id: randomUUID(),
        name,
        owner: { id: owner.id },
        modifiedByUserName: `${who.directory}\\${who.id}`,
      };
      return store.put("App", refreshed(store, app));
    },
    update(type, id, change) {
      const entity = store.entity(type, id);
      if (entity === undefined) throw unknown();
      return store.put(type, refreshed(store, { ...entity, ...change, id: entity.id, modifiedDate: store.instant() }));
    },
    remove: (type, id) => store.remove(type, id),
  };
}
