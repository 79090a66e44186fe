/** Coverage as LCOV: what a reader of the format counts again for itself. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { coverageOf, lcov } from "../../../analysis/rules/coverage.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import { policyOf } from "../../../reference/rules/spec.ts";
import { custom, entity, rule, siteOf, user } from "../../reference/rules/trading-company.ts";

const conditions: { readonly [name: string]: string } = {
  "One line": 'user.group = "sales" and resource.@Region = "NORTH"',
  "Several lines":
    'user.group = "sales"\nand (resource.name like "Ord*"\r\n  or\n\tresource.@Region = "SOUTH") and !user.IsAnonymous()',
  "Nothing to cover": "",
};

const widgets = 'user.group = "sales"';
const site = siteOf(
  [
    ...Object.entries(conditions).map(([name, text]) => rule(name, "App_* | R", text)),
    rule("No such type", "Widget_* | R", widgets),
  ],
  { App: [{ ...entity("Orders"), customProperties: custom({ Region: ["NORTH"] }) }, entity("Plan")] },
);
const people = [user("ann", { groups: ["sales"] }), user("ben")];
const coverage = coverageOf(site, policyOf(site, dialectOf("documented")), people);
const texts = Object.entries({ ...conditions, "No such type": widgets }).map(([name, text], at) => {
  return { rule: name, file: `rules/${at}.rule`, text };
});

const records = lcov(coverage, texts).split("end_of_record\n").slice(0, -1);

function numbers(record: string, key: string): readonly (readonly number[])[] {
  return [...record.matchAll(new RegExp(`^${key}:(.*)$`, "gm"))].map(([, list = ""]) => list.split(",").map(Number));
}

it("has a record for each rule, with totals that its lines add up to", () => {
  assert.equal(records.length, texts.length);
  for (const [at, record] of records.entries()) {
    assert.match(record, new RegExp(`^SF:rules/${at}\\.rule$`, "m"));
    const [branches, lines] = [numbers(record, "BRDA"), numbers(record, "DA")];
    assert.ok(
      [...branches, ...lines].flat().every((number) => Number.isInteger(number) && number >= 0),
      record,
    );
    assert.deepEqual(numbers(record, "BRF"), [[branches.length]]);
    assert.deepEqual(numbers(record, "BRH"), [[branches.filter(([, , , taken = 0]) => taken > 0).length]]);
    assert.deepEqual(numbers(record, "LF"), [[lines.length]]);
    assert.deepEqual(numbers(record, "LH"), [[lines.filter(([, count = 0]) => count > 0).length]]);
    assert.deepEqual(new Set(branches.map(([line]) => line)), new Set(lines.map(([line]) => line)));
  }
});

it("names the line on which each part begins", () => {
  const [one = "", several = "", blank = "", none = ""] = records;
  const linesOf = (record: string): readonly (number | undefined)[] =>
    numbers(record, "BRDA").flatMap(([line, , way]) => (way === 0 ? [line] : []));
  assert.deepEqual(linesOf(one), [1, 1]);
  assert.deepEqual(linesOf(several), [1, 2, 4, 4]);
  assert.deepEqual([linesOf(blank), numbers(blank, "BRF")], [[], [[0]]]);
  // A rule that covers nothing on the site is there, and nothing of it was seen.
  assert.deepEqual(numbers(none, "BRDA"), [
    [1, 0, 0, 0],
    [1, 0, 1, 0],
  ]);
});

it("counts pairs of user, resource and context, true and false", () => {
  // Two people, two apps, two contexts; ann is in sales, Orders is in NORTH.
  assert.deepEqual(
    numbers(records[0] ?? "", "BRDA").map(([, , , taken]) => taken),
    [4, 4, 4, 4],
  );
});
