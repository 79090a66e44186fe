/** What the benches of shrinking share: questions counted, failures found, and whether anything more can go. */
import { requirement } from "../catalogue/index.ts";
import { isKnownError } from "../contract/errors.ts";
import type { Case, Entity, Json, Principal, Site, Target } from "../contract/types.ts";
import type { Condition } from "../languages/rule-condition/ast.ts";
import { conditionOf, replacedRules, rulesOf } from "../generators/rule-laws/rewriting.ts";
import { playCase, type CaseOptions } from "../harness/play-case.ts";
import { printCondition } from "../languages/rule-condition/print.ts";
import { reexpected } from "../reference/answer.ts";

export const base: CaseOptions = { strict: false, requirement };

export async function failingAsk(of: Case, target: Target): Promise<string | undefined> {
  const { verdicts } = await playCase(of, target, base);
  return verdicts.find(({ result }) => result === "fail")?.ask;
}

/** The target, and how many questions it was asked. */
export function counted(target: Target): { readonly target: Target; readonly asked: () => number } {
  let count = 0;
  const prepare: Target["prepare"] = async (site, how) => {
    const inner = await target.prepare(site, how);
    return {
      ask: (probe, signal) => {
        count += 1;
        return inner.ask(probe, signal);
      },
      dispose: () => inner.dispose(),
    };
  };
  return { target: { ...target, prepare }, asked: () => count };
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

export type PartKind = "rule" | "atom" | "group" | "attribute" | "entity" | "field";

/** A case with one part less. */
interface Less {
  readonly part: PartKind;
  readonly case: Case;
}

/** The condition without one of its atoms, for each of them; a lonely one leaves it blank. */
function atomsLess(tree: Condition): readonly string[] {
  switch (tree.kind) {
    case "blank":
      return [];
    case "comparison":
    case "call":
      return [""];
    case "group":
    case "not":
      return atomsLess(tree.term).map((term) => (term === "" ? "" : tree.kind === "not" ? `!(${term})` : `(${term})`));
    case "and":
    case "or": {
      const word = ` ${tree.kind} `;
      const texts = tree.terms.map((term) => printCondition(term));
      return tree.terms.flatMap((term, at) =>
        atomsLess(term).map((less) =>
          texts
            .with(at, less)
            .filter((text) => text !== "")
            .join(word),
        ),
      );
    }
  }
}

function withSite(of: Case, main: Site): Case {
  return { ...of, sites: { ...of.sites, main } };
}

function rulesLess(of: Case): readonly Less[] {
  const site = of.sites.main;
  const gone = rulesOf(site).map((one): Less => {
    return {
      part: "rule",
      case: withSite(
        of,
        replacedRules(site, (rule) => (rule === one ? [] : [rule])),
      ),
    };
  });
  const thinner = rulesOf(site).flatMap((one) => {
    const tree = conditionOf(one);
    return (tree === undefined ? [] : atomsLess(tree)).map((rule): Less => {
      return {
        part: "atom",
        case: withSite(
          of,
          replacedRules(site, (other) => [other === one ? { ...one, rule } : other]),
        ),
      };
    });
  });
  return [...gone, ...thinner];
}

/** What makes a thing what it is asked about. */
const identity: ReadonlySet<string> = new Set(["id", "name", "userId", "userDirectory"]);

function fieldsLess(entity: Entity): readonly Entity[] {
  return Object.keys(entity)
    .filter((name) => !identity.has(name))
    .flatMap((name): readonly Entity[] => {
      const value: Json | undefined = entity[name];
      const items = Array.isArray(value) ? value : [];
      if (items.length > 1) return items.map((_: Json, at) => ({ ...entity, [name]: items.toSpliced(at, 1) }));
      const { [name]: _gone, ...rest } = entity;
      return [{ ...rest, id: entity.id }];
    });
}

function entitiesLess(of: Case): readonly Less[] {
  const site = of.sites.main;
  const put = (type: string, list: readonly Entity[]): Case =>
    withSite(of, { ...site, entities: { ...site.entities, [type]: list } });
  return Object.entries(site.entities)
    .filter(([type]) => type !== "SystemRule")
    .flatMap(([type, list]) =>
      list.flatMap((one, at): readonly Less[] => [
        { part: "entity", case: put(type, list.toSpliced(at, 1)) },
        ...fieldsLess(one).map((less): Less => ({ part: "field", case: put(type, list.with(at, less)) })),
      ]),
    );
}

function principalsLess(who: Principal): readonly { readonly part: PartKind; readonly who: Principal }[] {
  const named = (["attributes", "session"] as const).flatMap((kind) =>
    Object.keys(who[kind]).map((name) => {
      const { [name]: _gone, ...rest } = who[kind];
      return { part: "attribute" as const, who: { ...who, [kind]: rest } };
    }),
  );
  return [
    ...who.groups.map((_, at) => ({ part: "group" as const, who: { ...who, groups: who.groups.toSpliced(at, 1) } })),
    ...named,
  ];
}

function askersLess(of: Case): readonly Less[] {
  return of.asks.flatMap((ask, at) => {
    const { probe } = ask;
    if (probe.kind !== "decide") return [];
    return principalsLess(probe.as).flatMap(({ part, who }): readonly Less[] => {
      const [first, ...rest] = of.asks.with(at, { ...ask, probe: { ...probe, as: who } });
      return first === undefined ? [] : [{ part, case: { ...of, asks: [first, ...rest] } }];
    });
  });
}

/** A part less may leave a condition nobody can read, or a question nobody can answer. */
function expectedAnew(of: Case): Case | undefined {
  try {
    return reexpected(of);
  } catch (error) {
    if (isKnownError(error)) return undefined;
    throw error;
  }
}

/** Kinds of parts of which one can go, and the target still fails: none of a case that is 1-minimal. */
export async function spareParts(of: Case, target: Target): Promise<readonly PartKind[]> {
  const spare = new Set<PartKind>();
  for (const { part, case: less } of [...rulesLess(of), ...askersLess(of), ...entitiesLess(of)]) {
    const candidate = spare.has(part) ? undefined : expectedAnew(less);
    if (candidate !== undefined && (await failingAsk(candidate, target)) !== undefined) spare.add(part);
  }
  return [...spare];
}
