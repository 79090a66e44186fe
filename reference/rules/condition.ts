/** A condition evaluated for one user and one resource (catalogue §3.6 to §3.10). */
import type { Reason } from "../../contract/types.ts";
import type { Condition } from "../../languages/rule-condition/ast.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { actionNamed, type ActionName } from "./actions.ts";
import { compare } from "./comparison.ts";
import { nameOfResource, ownersOf, pathReasons, resolve, type Scene } from "./paths.ts";
import type { Resource } from "./resources.ts";
import { isAnonymous } from "./subject.ts";
import { because, every, not, some, truth, type Truth } from "./truth.ts";

export type Call = Extract<Condition, { readonly kind: "call" }>;

/** What the same user holds on other resources in the same request (SR-471). */
export interface Privileges {
  readonly holds: (resource: Resource, action: ActionName) => boolean;
  readonly why: (resource: Resource, action: ActionName) => readonly Reason[];
}

export function evaluate(condition: Condition, scene: Scene, privileges: Privileges): Truth {
  switch (condition.kind) {
    case "blank":
      return truth(true, () => [because("SR-109", "the condition is blank")]);
    case "group":
      return evaluate(condition.term, scene, privileges);
    case "not":
      return not(evaluate(condition.term, scene, privileges), () => printCondition(condition));
    case "and":
    case "or":
      return junction(condition, scene, privileges);
    case "comparison":
      return compare(condition, scene);
    case "call":
      return call(condition, scene, privileges);
  }
}

function junction(
  condition: Extract<Condition, { readonly kind: "and" | "or" }>,
  scene: Scene,
  privileges: Privileges,
): Truth {
  const terms = condition.terms.map((term) => evaluate(term, scene, privileges));
  const joined = condition.kind === "and" ? every(terms) : some(terms);
  const mixed = condition.terms.some((term) => term.kind === "and" || term.kind === "or");
  if (!mixed) return joined;
  return truth(joined.holds, () => [...joined.why(), because("SR-301", "and binds before or")]);
}

function call(atom: Call, scene: Scene, privileges: Privileges): Truth {
  switch (atom.function) {
    case "HasPrivilege":
      return hasPrivilege(atom, scene, privileges);
    case "IsAnonymous":
      return truth(isAnonymous(scene.subject), () => [
        because("SR-477", `${scene.subject.principal.directory}\\${scene.subject.principal.id}`),
      ]);
    case "Empty":
      return empty(atom, scene);
    case "IsOwned":
      return isOwned(atom, scene);
  }
}

/** The resources HasPrivilege asks about; several through a plural relation (SR-475). */
export function privilegeTargets(atom: Call, scene: Scene): readonly Resource[] {
  return resolve(atom.on, scene).items.filter(
    (item): item is Resource => typeof item !== "string" && item.type !== "session",
  );
}

function hasPrivilege(atom: Call, scene: Scene, privileges: Privileges): Truth {
  const action = actionNamed(atom.argument ?? "");
  const targets = privilegeTargets(atom, scene);
  const held = targets.find((target) => action !== undefined && privileges.holds(target, action));
  return truth(held !== undefined, () => {
    const text = printCondition(atom);
    if (targets.length === 0) return [because("SR-474", `${text}: there is no such resource`)];
    const verdict = held === undefined ? "not granted" : "granted";
    const on = (held === undefined ? targets : [held]).map(nameOfResource).join(", ");
    const several = targets.length > 1 ? [because("SR-475", text)] : [];
    const behind = (held === undefined ? targets : [held]).flatMap((target) =>
      action === undefined ? [] : privileges.why(target, action),
    );
    return [because("SR-471", `${text}: ${verdict} on ${on}`), ...several, ...behind];
  });
}

function empty(atom: Call, scene: Scene): Truth {
  const { items, lack } = resolve(atom.on, scene);
  return truth(items.length === 0, () => {
    const custom = atom.on.segments.at(-1)?.startsWith("@") === true;
    const text = printCondition(atom);
    const through = lack !== undefined && lack.requirement !== "SR-346" ? [lack] : [];
    const evidence = `${text}: ${items.length === 0 ? "nothing there" : "there is a value"}`;
    return [
      because("SR-478", evidence),
      ...(custom ? [because("SR-348", evidence)] : []),
      ...through,
      ...pathReasons(atom.on),
    ];
  });
}

function isOwned(atom: Call, scene: Scene): Truth {
  const owned = privilegeTargets(atom, scene).some((resource) => ownersOf(scene.index, resource).length > 0);
  return truth(owned, () => [
    because("SR-479", `${printCondition(atom)}: ${owned ? "there is an owner" : "there is no owner"}`),
  ]);
}
