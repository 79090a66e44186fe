import assert from "node:assert/strict";
import { test } from "node:test";
import { dialectOf, type Dialect } from "../../catalogue/dialects.ts";
import { randomRuleWorld, type RuleWorld } from "../../generators/rules.ts";
import { defects } from "../../mock/defects/index.ts";
import { plainSeams } from "../../mock/plain-seams.ts";
import { evaluateRules } from "../../mock/rules/evaluate.ts";
import { plainRules } from "../../mock/rules/plain.ts";
import type { RuleSeams } from "../../mock/rules/seams.ts";
import { decide, policyOf } from "../../reference/rules/spec.ts";
import type { Decision } from "../../reference/rules/types.ts";

const seed = 20_240_602;
const worlds = 20_000;
const documented = dialectOf("documented");

/** A planted fault has to show within this many worlds. */
const patience = 1_000;

type Answer = Pick<Decision, "allowed" | "rules" | "broken">;

function textOf({ allowed, rules, broken }: Answer): string {
  return JSON.stringify([allowed, rules.toSorted(), broken.toSorted()]);
}

interface Parties {
  readonly dialect: Dialect;
  readonly seams: RuleSeams;
  /** Changes the world the reference sees: a fault planted in it. */
  readonly slip?: (world: RuleWorld) => RuleWorld;
  /** Dialect the reference follows instead. */
  readonly strayed?: Dialect;
}

interface Count {
  asks: number;
  granted: number;
  broken: number;
}

/** Index of the first question they differ on; undefined when they agree on all. */
function disagreementIn(
  world: RuleWorld,
  { dialect, seams, slip, strayed }: Parties,
  count?: Count,
): number | undefined {
  const seen = slip?.(world) ?? world;
  const policy = policyOf(seen.site, strayed ?? dialect);
  const evaluated = evaluateRules(world.site, world.questions, dialect, seams);
  const specified = seen.questions.map((question) => decide(policy, question));
  if (count !== undefined) {
    count.asks += specified.length;
    count.granted += specified.filter(({ allowed }) => allowed).length;
    count.broken += specified.filter(({ broken }) => broken.length > 0).length;
  }
  const found = specified.findIndex(
    (answer, at) => textOf(answer) !== textOf(evaluated[at] ?? { allowed: !answer.allowed, rules: [], broken: [] }),
  );
  return found < 0 ? undefined : found;
}

function firstWorld(parties: Parties, most: number): number | undefined {
  for (let index = 0; index < most; index++) {
    if (disagreementIn(randomRuleWorld(seed, index), parties) !== undefined) return index;
  }
  return undefined;
}

test(`the specification and the naive walk agree on ${worlds} generated rule worlds, of which some decisions are granted`, (t) => {
  const count: Count = { asks: 0, granted: 0, broken: 0 };
  for (let index = 0; index < worlds; index++) {
    const found = disagreementIn(randomRuleWorld(seed, index), { dialect: documented, seams: plainRules }, count);
    assert.equal(found, undefined, `they differ on question ${found} of world ${index}, seed ${seed}`);
  }
  t.diagnostic(
    `rules: ${worlds} worlds, ${count.asks} asks: ${count.granted} granted, ${count.broken} with a broken rule`,
  );
  assert.ok(count.asks >= worlds);
  assert.ok(
    count.granted / count.asks >= 0.05 && count.granted / count.asks <= 0.6,
    `${count.granted} of ${count.asks} granted`,
  );
});

test("they agree in a dialect of other readings as well", () => {
  const dialect: Dialect = {
    ...documented,
    notEqualOnLists: "noneEqual",
    notEqualOnMissing: false,
    matchesCase: "sensitive",
    filterCase: "sensitive",
    precedence: "orFirst",
  };
  assert.equal(firstWorld({ dialect, seams: plainRules }, 500), undefined);
});

const planted = defects.filter(({ area, replace }) => area === "rules" && replace(plainSeams).rules !== plainRules);

test("there are at least ten defects of rules to plant", () => {
  assert.ok(planted.length >= 10, `${planted.length}`);
});

/** Wrongs the default worlds do not show: they need another dialect's constructs or the wire. Golden cases catch them. */
const elsewhere: ReadonlySet<string> = new Set([
  "access-by-read-bit",
  "any-quotes",
  "contains-understood",
  "equal-knows-wildcards",
  "licence-rules-unread",
  "no-action-means-all",
  "nodes-unseen",
  "omitted-context-is-hub",
  "order-compared",
  "owner-keeps-everything",
  "read-only-rules-ignored",
  "service-directory-unread",
  "stars-combined",
]);

for (const { name, replace } of planted.filter((defect) => !elsewhere.has(defect.name))) {
  test(`a fault planted in the walk (${name}) shows within ${patience} worlds`, () => {
    assert.notEqual(firstWorld({ dialect: documented, seams: replace(plainSeams).rules }, patience), undefined);
  });
}

/** The reference, wrong on purpose: it sees another world than the walk. */
const slips: { readonly [fault: string]: (world: RuleWorld) => RuleWorld } = {
  "the last rule is overlooked": (world) => {
    const rules = world.site.entities["SystemRule"] ?? [];
    return { ...world, site: { ...world.site, entities: { ...world.site.entities, SystemRule: rules.slice(0, -1) } } };
  },
  "groups are forgotten": (world) => {
    const User = (world.site.entities["User"] ?? []).map((user) => ({ ...user, attributes: [] }));
    const questions = world.questions.map((question) => ({ ...question, as: { ...question.as, groups: [] } }));
    return { ...world, site: { ...world.site, entities: { ...world.site.entities, User } }, questions };
  },
};

for (const [fault, slip] of Object.entries(slips)) {
  test(`a fault planted in the reference (${fault}) shows within ${patience} worlds`, () => {
    assert.notEqual(firstWorld({ dialect: documented, seams: plainRules, slip }, patience), undefined);
  });
}

test(`a fault planted in the reference (OR binds tighter than AND) shows within ${patience} worlds`, () => {
  const strayed: Dialect = { ...documented, precedence: "orFirst" };
  assert.notEqual(firstWorld({ dialect: documented, seams: plainRules, strayed }, patience), undefined);
});
