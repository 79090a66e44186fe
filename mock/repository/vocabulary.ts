/** What the editor of rules asks: which rules touch some resources, and which attributes a condition may name. */
import type { Entity, Json } from "../../contract/types.ts";
import { recordsOf, textAt } from "../fields.ts";
import { evaluateRules } from "../rules/evaluate.ts";
import { same } from "../rules/model.ts";
import { isOwned } from "../rules/walk.ts";
import { list } from "./operations.ts";
import { passes, readFilter, valuesAt } from "./query.ts";
import { Refusal } from "./refusal.ts";
import type { Caller } from "./caller.ts";
import type { Repository } from "./repository.ts";
import { withoutSecrets } from "./secrets.ts";
import { typeByName } from "./types.ts";

const nobody = { directory: "", id: "", groups: [], attributes: {}, session: {} };

/** Whether a rule's resource filter names the resource, whatever it says of users and actions. */
function touches(repository: Repository, rule: Entity, type: string, id: string): boolean {
  const everyone = { ...rule, rule: "", disabled: false, category: "Security", actions: 2, ruleContext: 0 };
  const { site } = repository.store;
  const alone = { ...site, entities: { ...site.entities, SystemRule: [everyone] } };
  const question = { as: nobody, resource: { type, id }, action: "read", context: "qmc" } as const;
  return evaluateRules(alone, [question], repository.dialect, repository.seams)[0]?.allowed === true;
}

/** `GET /qrs/systemrule/{category}/associatedrules`: readable rules of the category whose filter names one of the resources. */
export function associatedRules(
  repository: Repository,
  caller: Caller,
  ask: { readonly category: string; readonly type: string; readonly filter: string },
): readonly Json[] {
  if (ask.type === "") throw new Refusal(400, "Missing parameter value(s): resourcetype");
  const { store } = repository;
  const type = typeByName(ask.type).name;
  const tree = ask.filter.trim() === "" ? undefined : readFilter(ask.filter);
  const resources = store.all(type).filter((one) => tree === undefined || passes(store, one, tree));
  return list(repository, caller, typeByName("SystemRule"))
    .filter((rule) => same(textAt(rule, "category"), ask.category))
    .filter((rule) => resources.some(({ id }) => touches(repository, rule, type, id)))
    .map(withoutSecrets);
}

/** What lies behind a relation, by type (SR-421); an app tells neither its description nor whether it is published (SR-407). */
const behind: { readonly [type: string]: readonly string[] } = {
  App: ["stream.name"],
  "App.Object": ["app.name", "app.stream.name"],
  ReloadTask: ["app.name", "app.stream.name"],
};

function customNames(repository: Repository, type: string): readonly string[] {
  const definitions = repository.store
    .all("CustomPropertyDefinition")
    .filter(({ objectTypes }: Entity & { readonly objectTypes?: Json }) => {
      return Array.isArray(objectTypes) && (objectTypes.length === 0 || objectTypes.includes(type));
    });
  return definitions.map((definition) => `@${textAt(definition, "name")}`);
}

/** Names of the attributes the directories have told of users. */
function directoryAttributes(repository: Repository): readonly string[] {
  const users = repository.store.all("User");
  return users.flatMap((user) => recordsOf(user["attributes"]).map((one) => textAt(one, "attributeType")));
}

function sorted(words: readonly string[]): readonly string[] {
  return [...new Set(words)].sort();
}

const environment = ["browser", "context", "device", "ip", "os", "requesttype", "secureRequest"];

/** `GET …/security/accessibleattributes`: the words a condition may use of a type, sorted; of users those of a session, too. */
export function accessibleAttributes(repository: Repository, type: string): readonly string[] {
  if (type === "") throw new Refusal(400, "Missing parameter value(s): resourcetype");
  const { name } = typeByName(type);
  const custom = customNames(repository, name);
  const owned = isOwned(name) ? ["owner.name", "owner.userId", "owner.userDirectory"] : [];
  const session = name === "User" ? environment.map((one) => `environment.${one}`) : [];
  const directory = name === "User" ? directoryAttributes(repository) : [];
  const own = ["id", "name", ...repository.seams.readableProperties(name), ...(behind[name] ?? [])];
  return sorted([...own, ...owned, ...custom, ...directory, ...session]);
}

function attributeOf(user: Entity, name: string): readonly string[] {
  const named = recordsOf(user["attributes"]).filter((one) => same(textAt(one, "attributeType"), name));
  return named.map((one) => textAt(one, "attributeValue"));
}

function textsOf(value: Json): readonly string[] {
  if (typeof value === "string") return value === "" ? [] : [value];
  return typeof value === "number" || typeof value === "boolean" ? [String(value)] : [];
}

export interface ValuesAsked {
  readonly type: string;
  readonly attribute: string;
  readonly filter: string;
  readonly limit: number;
  /** Id of a selection of the caller's, or nothing. */
  readonly selection: string;
}

/** `GET …/security/attributevalues`: the values an attribute has on what the caller may read, sorted, at most so many. */
export function attributeValues(
  repository: Repository,
  caller: Caller,
  { type, attribute, filter, limit, selection }: ValuesAsked,
): readonly string[] {
  if (type === "" || attribute === "") throw new Refusal(400, "Missing parameter value(s): resourcetype, attribute");
  const read = list(repository, caller, typeByName(type), { filter });
  const found = selection === "" ? read : repository.selections.chosen(caller, selection, read);
  const values = found.map(withoutSecrets).flatMap((one) => {
    const direct = valuesAt(repository.store, one, attribute.split("."));
    return direct.length > 0 ? direct : attributeOf(one, attribute);
  });
  return sorted(values.flatMap(textsOf)).slice(0, limit);
}
