/** Worlds of rules as files, and how much a campaign of them holds: pairs of features, grants, atoms of either kind. */
import { coverageOf } from "../analysis/rules/coverage.ts";
import type { Dialect } from "../catalogue/dialects.ts";
import type { Entity, Principal, Site } from "../contract/types.ts";
import { printConnectorAttributes, printConnectorUsers, printLdif } from "../generators/directory-files.ts";
import { printUsersCsv } from "../generators/print.ts";
import { constraints, space } from "../generators/rules/factors.ts";
import { featuresIn } from "../generators/rules/features.ts";
import { domainsOf, type RuleSettings } from "../generators/rules/settings.ts";
import { boundOf, bounds, type Bound } from "../generators/rules/sides.ts";
import { randomRuleWorld, type DrawnRuleWorld } from "../generators/rules.ts";
import { decide, policyOf } from "../reference/rules/spec.ts";
import { settled } from "../suites/campaigns.ts";

interface Files {
  readonly [path: string]: string;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** Everybody of the site as a directory has him: attributes that have values, no session. */
function membersOf(users: readonly Entity[], principals: readonly Principal[]): readonly Principal[] {
  const named = (entity: Entity): Principal | undefined =>
    principals.find(({ directory, id }) => directory === entity["userDirectory"] && id === entity["userId"]);
  return users.flatMap((user) => named(user) ?? []);
}

interface Synced {
  readonly entities: Site["entities"];
  readonly people: readonly Principal[];
}

/** A site on which all that the directories say of people is synchronised, so that nothing else need be known of them. */
function syncedSite(world: DrawnRuleWorld): Synced {
  const asked = world.principals.map((as) => ({
    as,
    resource: { type: "App", id: "" },
    action: "read",
    context: "hub" as const,
  }));
  const { site, questions } = settled(world.site, asked);
  const users = site.entities["User"] ?? [];
  const named = questions.map(({ as }) => as);
  return { entities: site.entities, people: membersOf(users, named) };
}

/** Each directory as a connector's tables and as LDIF. */
function directoryFiles(people: readonly Principal[], { nesting }: DrawnRuleWorld, folder: string): Files {
  const names = [...new Set(people.map(({ directory }) => directory))];
  return Object.fromEntries(
    names.flatMap((name) => {
      const members = people.filter(({ directory }) => directory === name);
      return [
        [`${folder}/${name}/users.csv`, printConnectorUsers(members)],
        [`${folder}/${name}/attributes.csv`, printConnectorAttributes(members)],
        [`${folder}/${name}/people.ldif`, printLdif(members, nesting)],
      ];
    }),
  );
}

/** A site with its rules, the rules and the users apart as QRS answers them, and the directories they come from. */
export function ruleFiles(world: DrawnRuleWorld, folder: string): Files {
  const { entities, people } = syncedSite(world);
  return {
    [`${folder}/site.json`]: json(entities),
    [`${folder}/exports/rules.json`]: json(entities["SystemRule"] ?? []),
    [`${folder}/exports/users.json`]: json(entities["User"] ?? []),
    ...directoryFiles(people, world, `${folder}/directory`),
  };
}

/** The people of a world of rules, in every form. */
export function peopleFiles(world: DrawnRuleWorld, folder: string): Files {
  const { entities, people } = syncedSite(world);
  return {
    [`${folder}/users.csv`]: printUsersCsv(people),
    [`${folder}/users.json`]: json(entities["User"] ?? []),
    ...directoryFiles(people, world, `${folder}/directory`),
  };
}

interface Sides {
  both: number;
  /** Atoms that could be true and false and were one of them alone. */
  missed: number;
  readonly bound: Map<Bound, number>;
}

function tallySides({ site, principals }: DrawnRuleWorld, dialect: Dialect, sides: Sides): void {
  const rules = new Map((site.entities["SystemRule"] ?? []).map((rule) => [rule["name"], rule]));
  for (const { rule, atoms } of coverageOf(site, policyOf(site, dialect), principals)) {
    const row = rules.get(rule);
    for (const { atom, held, failed } of row === undefined ? [] : atoms) {
      const bound = held > 0 && failed > 0 ? "both" : row === undefined ? undefined : boundOf(atom, row, site.entities);
      if (bound === "both") sides.both += 1;
      else if (bound === undefined) sides.missed += 1;
      else sides.bound.set(bound, (sides.bound.get(bound) ?? 0) + 1);
    }
  }
}

/** What a campaign holds, measured on its worlds as they came out. */
export interface RuleCampaign {
  readonly worlds: number;
  readonly questions: number;
  readonly granted: number;
  readonly pairs: ReturnType<typeof space.met>;
  readonly sides: { readonly both: number; readonly missed: number; readonly bound: ReadonlyMap<Bound, number> };
}

export function measured(
  { seed, count, settings }: { readonly seed: number; readonly count: number; readonly settings: RuleSettings },
  dialect: Dialect,
): RuleCampaign {
  const sides: Sides = { both: 0, missed: 0, bound: new Map() };
  let [questions, granted] = [0, 0];
  function* rows(): ReturnType<typeof featuresIn> {
    for (let index = 0; index < count; index++) {
      const world = randomRuleWorld(seed, index, settings);
      const policy = policyOf(world.site, dialect);
      questions += world.questions.length;
      granted += world.questions.filter((question) => decide(policy, question).allowed).length;
      tallySides(world, dialect, sides);
      yield* featuresIn(world);
    }
  }
  const pairs = space.met(rows(), domainsOf(settings));
  return { worlds: count, questions, granted, pairs, sides };
}

/** Rounded down, so that 100 % is all. */
function share(part: number, whole: number): string {
  return `${whole === 0 ? 100 : Math.floor((10_000 * part) / whole) / 100} %`;
}

const told = 20;

/** Lines for people. */
export function campaignText({ worlds, questions, granted, pairs, sides }: RuleCampaign): string {
  const { feasible, met, impossible, missing } = pairs;
  const because = [...new Set(constraints.map((one) => one.because))];
  const could = sides.both + sides.missed;
  return [
    `${worlds} worlds`,
    `granted: ${granted} of ${questions} questions (${share(granted, questions)})`,
    `pairs of features: ${met} of ${feasible} that can be (${share(met, feasible)})`,
    ...missing.slice(0, told).map((name) => `  none has ${name}`),
    ...(missing.length > told ? [`  and ${missing.length - told} more`] : []),
    `  ${impossible} never meet, each for one of these reasons:`,
    ...because.map((reason) => `    ${reason}`),
    `atoms true for some and false for others: ${sides.both} of ${could} that can be (${share(sides.both, could)})`,
    ...bounds.flatMap((bound) => {
      const count = sides.bound.get(bound) ?? 0;
      return count === 0 ? [] : [`  ${count} more cannot: ${bound}`];
    }),
  ].join("\n");
}
