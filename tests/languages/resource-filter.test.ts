import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { ConformanceError } from "../../contract/errors.ts";
import type { FilterItem } from "../../languages/resource-filter/ast.ts";
import { parseFilter } from "../../languages/resource-filter/parse.ts";
import { printFilter } from "../../languages/resource-filter/print.ts";
import { surviveMutations } from "./mutation.ts";

/** Filters of the shipped rules (catalogue §4.6) and of the customer case (§6.2). */
const wellFormed: readonly string[] = [
  "*",
  "App*",
  "App_*",
  "App.Object_*",
  "Stream_*, DataConnection_*",
  "Stream*,App*,ReloadTask*,SchemaEvent*,Tag*,CompositeEvent*,ExecutionResult*,CustomProperty*,DataConnection*",
  "QmcSection_App,QmcSection_DataConnection,QmcSection_ContentLibrary,QmcSection_App.Object,QmcSection_Task, QmcSection_Event",
  "License_*, TermsAcceptance_*, QmcSection_Tag, QmcSection_Audit",
  "StaticContentReference_*",
  "License.UserAccessGroup_5dd0dc16-96fd-4bd0-9a84-62721f0db427",
  "Stream_aaec8d41-5201-43ab-809f-3063750dfafd",
  "QmcSection_App*",
];

const illFormed: readonly (readonly [text: string, line: number, column: number, says: RegExp])[] = [
  ["", 1, 1, /a resource is missing/],
  ["App", 1, 1, /App_\*/],
  ["App_*,", 1, 7, /between the commas/],
  ["App_*,\n Stream", 2, 2, /Stream_\*/],
  ["App*_*", 1, 1, /SR-206/],
  ["App_1*", 1, 1, /SR-206/],
  ["App_* Stream_*", 1, 1, /commas|SR-206/],
  ["_*", 1, 1, /"_\*"/],
  ["App_", 1, 1, /with _ and an id/],
  ["**", 1, 1, /no resource/],
  ["App_*;Stream_*", 1, 1, /no resource/],
];

function refusal(text: string): ConformanceError {
  try {
    parseFilter(text, "Rule 1");
  } catch (error) {
    if (error instanceof ConformanceError) return error;
    throw error;
  }
  return assert.fail(`accepts ${text}`);
}

const type = fc.constantFrom("App", "App.Object", "Stream", "DataConnection", "License.LoginAccessGroup");
const item: fc.Arbitrary<FilterItem> = fc.oneof(
  fc.constant({ kind: "everything" as const }),
  type.map((name) => ({ kind: "typePrefix" as const, type: name })),
  type.map((name) => ({ kind: "type" as const, type: name })),
  fc.tuple(type, fc.uuid()).map(([name, id]) => ({ kind: "resource" as const, type: name, id })),
  type.map((name) => ({ kind: "section" as const, name: `QmcSection_${name}` })),
);

describe("parseFilter", () => {
  it("accepts the filters of shipped rules and of the customer case", () => {
    for (const filter of wellFormed) assert.doesNotThrow(() => parseFilter(filter), filter);
  });

  it("tells the five forms apart", () => {
    const filter = "*, App*, App.Object_*, Stream_aaec8d41-5201-43ab-809f-3063750dfafd, QmcSection_App.Object";
    assert.deepEqual(parseFilter(filter).items, [
      { kind: "everything" },
      { kind: "typePrefix", type: "App" },
      { kind: "type", type: "App.Object" },
      { kind: "resource", type: "Stream", id: "aaec8d41-5201-43ab-809f-3063750dfafd" },
      { kind: "section", name: "QmcSection_App.Object" },
    ]);
  });

  it("refuses other forms with the place and the way out", () => {
    for (const [filter, line, column, says] of illFormed) {
      const { code, message, details } = refusal(filter);
      assert.equal(code, "filter-syntax");
      assert.deepEqual([details.line, details.column, details.file], [line, column, "Rule 1"], filter);
      assert.match(`${message} ${details.expected} ${details.remedy}`, says);
    }
  });

  it("accepts or refuses 100,000 mutated filters, never anything else", () => {
    const { accepted, refused } = surviveMutations({
      seeds: wellFormed,
      vocabulary: ["*", "_", ",", "_*", " ", "App", "QmcSection_", "-", ".", "\n", "é", "😀"],
      count: 100_000,
      parse: (filter) => parseFilter(filter),
      accepted: (filter, text) => assert.deepEqual(parseFilter(printFilter(filter)), filter, text),
    });
    assert.ok(accepted > 5000 && refused > 5000, `${accepted} accepted, ${refused} refused`);
  });
});

describe("printFilter", () => {
  it("prints a text that parses to the same items", () => {
    fc.assert(
      fc.property(item, fc.array(item, { maxLength: 5 }), (first, others) => {
        const filter = { items: [first, ...others] as const };
        assert.deepEqual(parseFilter(printFilter(filter)), filter);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });
});
