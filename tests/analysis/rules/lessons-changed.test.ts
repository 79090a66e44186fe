/** The customer case written otherwise, with the same meaning: the same is told of it. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Entity, Site } from "../../../contract/types.ts";
import { site } from "../../reference/rules/customer-case.ts";
import { entity, rule } from "../../reference/rules/trading-company.ts";
import { misprinted, repaired, rulesOf, told, withRules, type Told } from "./customer-lessons.ts";

/** A whole number below a bound; mulberry32. */
type Random = (bound: number) => number;

function randomFrom(seed: number): Random {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** Words of the language, of types and of fields, which no administrator chooses. */
const given = new Set(
  (
    "resource user resourcetype objectType published App stream app owner name group HasPrivilege Empty IsAnonymous IsOwned and or " +
    "true false Security Custom Stream Object ReloadTask SchemaEvent CompositeEvent ExecutionResult Tag DataConnection " +
    "CustomPropertyDefinition CustomProperty QmcSection read sheet story bookmark snapshot embeddedsnapshot hiddenbookmark userstate " +
    "app_appscript loadmodel script"
  ).split(" "),
);

/** Names an administrator chose: of entities, custom properties and their values, groups and rules. */
function namesIn(of: Site): readonly string[] {
  const found = new Set<string>();
  const visit = (value: unknown, key: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, key);
    else if (typeof value === "object" && value !== null) {
      for (const [inner, item] of Object.entries(value)) visit(item, inner);
    } else if (typeof value === "string" && (key === "name" || key === "value")) found.add(value);
  };
  visit(of.entities, "");
  for (const { rule: text } of rulesOf(of)) {
    if (typeof text !== "string") continue;
    for (const [, name] of text.matchAll(/@(\w+)/g)) found.add(name ?? "");
    for (const [, value] of text.matchAll(/"([^"]+)"/g)) found.add(value ?? "");
  }
  return [...found].filter((name) => /^\w[\w ]+$/.test(name) && !given.has(name));
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

function word(random: Random, number: number): string {
  const length = 3 + random(14);
  const body = Array.from({ length }, () => letters[random(letters.length)]).join("");
  return `${body}${number}z`;
}

function guid(random: Random): string {
  const digits = (count: number): string => Array.from({ length: count }, () => random(16).toString(16)).join("");
  return [8, 4, 4, 4, 12].map(digits).join("-");
}

interface Renamed {
  readonly site: Site;
  readonly wordFor: (name: string) => string;
}

/** Another word for each name and another id for each id; longer names first, so that none is changed inside another. */
function renamed(of: Site, seed: number): Renamed {
  const random = randomFrom(seed);
  const words = new Map(namesIn(of).map((name, at) => [name, word(random, at)]));
  const text = JSON.stringify(of);
  const ids = new Map<string, string>();
  const newId = (id: string): string => {
    const known = ids.get(id) ?? guid(random);
    ids.set(id, known);
    return known;
  };
  const longest = [...words.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<![A-Za-z0-9_])(?:${longest.join("|")})(?![A-Za-z0-9_])`, "g");
  const changed = text
    .replaceAll(pattern, (name) => words.get(name) ?? name)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, newId);
  return { site: JSON.parse(changed) as Site, wordFor: (name) => words.get(name) ?? name };
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, key: random(1_000_000) }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function sorted(found: readonly Told[]): readonly string[] {
  return found.map(String).toSorted();
}

/** Names and texts compared by `=` know no case (SR-312, SR-321); `and`, `or` and operators do. */
function inOtherLetters(text: string, random: Random): string {
  return text.replaceAll(/@?[A-Za-z_][\w.]*/g, (name) => {
    if (name === "and" || name === "or") return name;
    return random(2) === 0 ? name.toUpperCase() : name.toLowerCase();
  });
}

function rewritten(of: Site, change: (rule: Entity) => Entity): Site {
  return withRules(of, rulesOf(of).map(change));
}

const unrelated: readonly Entity[] = [
  rule("Extensions of developers", "Extension_* | R | B", 'user.group = "Extenders"'),
  rule("Proxies", "VirtualProxyConfig_* | RU | Q", 'user.roles = "DeploymentAdmin"'),
  { ...rule("Off", "* | all | B", ""), disabled: true },
  rule("Tokens", "License.UserAccessGroup_1 | C | B", "", { category: "License" }),
  rule("Keepers", "* | all | Q", 'user.roles = "RootAdmin"'),
];

function spaced(one: Entity): Entity {
  const { rule: text, resourceFilter } = one;
  return {
    ...one,
    rule: `\t((\r\n${typeof text === "string" ? text.replaceAll(" and ", "\n\tand\n") : ""} ))\n`,
    resourceFilter: typeof resourceFilter === "string" ? resourceFilter.replaceAll(",", " ,  ") : "",
  };
}

const slip = ([, kind]: Told): boolean => kind === "sections-about-objects";

describe("the customer case", () => {
  const asItIs = told(site);
  const expected = sorted(asItIs);

  it("is told the same under twenty other sets of names and ids, its slip too, and of the repaired one nothing", () => {
    const seen = new Set<string>();
    for (let copy = 1; copy <= 20; copy++) {
      const [plain, slipped] = [renamed(site, copy), renamed(misprinted, copy)];
      const text = JSON.stringify(plain.site);
      for (const name of ["role_admin", "AdminGroup", "Proj1_Aud1", "proj1_dev", "TeamAdminRead", "7ead1400"]) {
        assert.ok(!text.includes(name), `${name} still stands in copy ${copy}`);
      }
      seen.add(text);
      const names = asItIs.map(([name, kind]): Told => [plain.wordFor(name), kind]);
      assert.deepEqual(sorted(told(plain.site)), sorted(names), `copy ${copy}`);
      assert.deepEqual(told(slipped.site).filter(slip), [
        [slipped.wordFor("CreateAppObjectsPublishedApp"), "sections-about-objects"],
      ]);
      assert.deepEqual(told(renamed(repaired, copy).site), [], `copy ${copy}`);
    }
    assert.equal(seen.size, 20);
  });

  it("is told the same with its rules in another order", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = randomFrom(seed);
      assert.deepEqual(sorted(told(withRules(site, shuffled(rulesOf(site), random)))), expected);
      assert.deepEqual(told(withRules(misprinted, shuffled(rulesOf(misprinted), random))).filter(slip).length, 1);
      assert.deepEqual(told(withRules(repaired, shuffled(rulesOf(repaired), random))), []);
    }
  });

  it("is told the same beside rules that have nothing to do with it", () => {
    assert.deepEqual(sorted(told(withRules(site, [...unrelated, ...rulesOf(site)]))), expected);
    assert.deepEqual(told(withRules(repaired, [...rulesOf(repaired), ...unrelated])), []);
  });

  it("is told the same beside things that have nothing to do with it", () => {
    const beside = {
      ...site,
      entities: { ...site.entities, Extension: [entity("Gauge")], ContentLibrary: [entity("Logos")] },
    };
    assert.deepEqual(sorted(told(beside)), expected);
  });

  it("is told the same in other letters where letters do not count", () => {
    for (let seed = 1; seed <= 5; seed++) {
      const random = randomFrom(seed);
      const other = (one: Entity): Entity => ({
        ...one,
        rule: inOtherLetters(typeof one["rule"] === "string" ? one["rule"] : "", random),
        resourceFilter: (typeof one["resourceFilter"] === "string" ? one["resourceFilter"] : "").toLowerCase(),
      });
      assert.notEqual(JSON.stringify(rewritten(site, other)), JSON.stringify(site));
      assert.deepEqual(sorted(told(rewritten(site, other))), expected);
      assert.deepEqual(told(rewritten(misprinted, other)).filter(slip).length, 1);
      assert.deepEqual(told(rewritten(repaired, other)), []);
    }
  });

  it("is told the same with blanks and parentheses where they say nothing", () => {
    assert.deepEqual(sorted(told(rewritten(site, spaced))), expected);
    assert.deepEqual(told(rewritten(repaired, spaced)), []);
  });
});
