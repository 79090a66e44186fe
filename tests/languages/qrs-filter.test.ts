import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { ConformanceError } from "../../contract/errors.ts";
import type { QrsComparator, QrsFilter, QrsLiteral } from "../../languages/qrs-filter/ast.ts";
import { parseQrsFilter } from "../../languages/qrs-filter/parse.ts";
import { printQrsFilter } from "../../languages/qrs-filter/print.ts";
import { surviveMutations } from "./mutation.ts";

const wellFormed: readonly string[] = [
  "name eq 'Sales'",
  "owner.userId eq 'ann' and stream.name ne 'Finance'",
  "@Department eq 'Sales' OR customProperties.value so 'North'",
  "(type eq 'Custom' and category eq 'Security')",
  "id eq 5dd0dc16-96fd-4bd0-9a84-62721f0db427",
  "published EQ True and fileSize gt 1024 And stream eq NULL",
  "name eq 'Ann''s app'",
  "((name sw 'S')or(name ew 's'))",
  "modifiedDate ge '2024-01-01T00:00:00.000Z' and fileSize le -1.5",
];

const illFormed: readonly (readonly [text: string, line: number, column: number, says: RegExp])[] = [
  ["", 1, 1, /ends too early.*a property/],
  ["name", 1, 5, /one of eq, ne/],
  ["name eq", 1, 8, /single quotes/],
  ["name eq Sales", 1, 9, /'Sales' \(QR-021\)/],
  ['name eq "Sales"', 1, 9, /single quotes: 'Sales'/],
  ["name = 'Sales'", 1, 6, /operators are words/],
  ["name eq 'Sales", 1, 9, /never closed/],
  ["name xx 'Sales'", 1, 6, /one of eq, ne/],
  ["(name eq 'a'", 1, 13, /or \)/],
  ["name eq 'a')", 1, 12, /end of the filter/],
  ["name eq 'a'\nname eq 'b'", 2, 1, /and, or/],
  ["'a' eq name", 1, 1, /a property/],
  ["owner..id eq 1", 1, 1, /a property/],
  ["x eq 1e999", 1, 6, /'1e999'/],
];

function refusal(text: string): ConformanceError {
  try {
    parseQrsFilter(text);
  } catch (error) {
    if (error instanceof ConformanceError) return error;
    throw error;
  }
  return assert.fail(`accepts ${text}`);
}

const literal: fc.Arbitrary<QrsLiteral> = fc.oneof(
  fc.string({ unit: "grapheme" }).map((value) => ({ kind: "text" as const, value })),
  fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => ({ kind: "number" as const, value: value + 0 })),
  fc.boolean().map((value) => ({ kind: "boolean" as const, value })),
  fc.uuid().map((value) => ({ kind: "guid" as const, value })),
  fc.constant({ kind: "null" as const }),
);
const comparison: fc.Arbitrary<QrsFilter> = fc.record(
  {
    kind: fc.constant("comparison" as const),
    path: fc.array(fc.constantFrom("name", "owner", "userId", "@Region", "stream", "or"), {
      minLength: 1,
      maxLength: 3,
    }),
    operator: fc.constantFrom<QrsComparator>("eq", "ne", "gt", "ge", "lt", "le", "sw", "ew", "so"),
    value: literal,
  },
  { noNullPrototype: true },
);

function junction(kind: "or" | "and", term: fc.Arbitrary<QrsFilter>): fc.Arbitrary<QrsFilter> {
  return fc.array(term, { minLength: 2, maxLength: 3 }).map((terms) => ({ kind, terms }));
}

const { or: tree } = fc.letrec<{ or: QrsFilter; and: QrsFilter; one: QrsFilter }>((tie) => ({
  or: fc.oneof({ maxDepth: 3 }, tie("and"), junction("or", tie("and"))),
  and: fc.oneof({ maxDepth: 3 }, tie("one"), junction("and", tie("one"))),
  one: fc.oneof(
    { maxDepth: 3 },
    comparison,
    tie("or").map((term): QrsFilter => ({ kind: "group", term })),
  ),
}));

function nested(depth: number): string {
  return `${"(".repeat(depth)}a eq 1${")".repeat(depth)}`;
}

describe("parseQrsFilter", () => {
  it("accepts the filters clients send", () => {
    for (const filter of wellFormed) assert.doesNotThrow(() => parseQrsFilter(filter), filter);
  });

  it("reads keywords in any letter case, doubled quotes, nested paths and bare literals (QR-021, QR-022)", () => {
    assert.deepEqual(parseQrsFilter("owner.@Team EQ 'Ann''s' And id Eq 5DD0dc16-96fd-4bd0-9a84-62721f0db427"), {
      kind: "and",
      terms: [
        { kind: "comparison", path: ["owner", "@Team"], operator: "eq", value: { kind: "text", value: "Ann's" } },
        {
          kind: "comparison",
          path: ["id"],
          operator: "eq",
          value: { kind: "guid", value: "5DD0dc16-96fd-4bd0-9a84-62721f0db427" },
        },
      ],
    });
  });

  it("binds and tighter than or", () => {
    const filter = parseQrsFilter("a eq 1 or b eq 2 and c eq 3");
    assert.ok(filter.kind === "or" && filter.terms[1]?.kind === "and");
  });

  it("refuses other forms with the place and what was expected (QR-023)", () => {
    for (const [filter, line, column, says] of illFormed) {
      const { code, message, details } = refusal(filter);
      assert.equal(code, "filter-syntax");
      assert.deepEqual([details.line, details.column], [line, column], `${filter}: ${message}`);
      assert.match(`${message} ${details.expected} ${details.remedy}`, says);
    }
  });

  it("nests 200 deep and refuses 201", () => {
    assert.doesNotThrow(() => parseQrsFilter(nested(200)));
    assert.match(refusal(nested(201)).details.expected ?? "", /at most 200/);
  });

  it("accepts or refuses 100,000 mutated filters, never anything else", () => {
    const { accepted, refused } = surviveMutations({
      seeds: wellFormed,
      vocabulary: ["'", "''", "(", ")", " and ", "OR", "eq", ".", "@", "1", "null", "\n", "“", "😀", "-"],
      count: 100_000,
      parse: (filter) => parseQrsFilter(filter),
      accepted: (filter, text) =>
        assert.equal(JSON.stringify(parseQrsFilter(printQrsFilter(filter))), JSON.stringify(filter), text),
    });
    assert.ok(accepted > 5000 && refused > 5000, `${accepted} accepted, ${refused} refused`);
  });
});

describe("printQrsFilter", () => {
  it("prints a text that parses to the same tree", () => {
    fc.assert(
      fc.property(tree, (filter) => assert.deepEqual(parseQrsFilter(printQrsFilter(filter)), filter)),
      { numRuns: 2000, seed: 1 },
    );
  });
});
