/** The clauses, prefixes and sources of LOAD (load-script §4). */
import assert from "node:assert/strict";
import { test } from "node:test";

import type { Statement } from "../../../languages/load-script/ast.ts";
import { parseLoadScript } from "../../../languages/load-script/parse.ts";
import { withoutSpans } from "./without-spans.ts";

function statementOf(text: string): Statement {
  const [statement] = parseLoadScript(text).statements;
  return statement ?? assert.fail(text);
}

function only(text: string): unknown {
  return withoutSpans(statementOf(text));
}

function prefixes(text: string): unknown {
  const statement = statementOf(`${text} LOAD * RESIDENT T;`);
  return statement.kind === "load" ? withoutSpans(statement.prefixes) : assert.fail(text);
}

function source(text: string): unknown {
  const statement = statementOf(text);
  return statement.kind === "load" ? withoutSpans(statement.source) : assert.fail(text);
}

test("reads what repeats, groups and limits records", () => {
  assert.deepEqual(
    only("First 10 LOAD Region, Sum(distinct Amount) AS S RESIDENT Sales GROUP BY Region ORDER BY Region;"),
    {
      kind: "load",
      prefixes: [{ kind: "first", count: { kind: "number", value: 10 } }],
      distinct: false,
      fields: [
        { kind: "field", value: { kind: "name", name: "Region" } },
        {
          kind: "field",
          value: { kind: "call", function: "Sum", distinct: true, arguments: [{ kind: "name", name: "Amount" }] },
          alias: "S",
        },
      ],
      source: { kind: "resident", table: "Sales" },
      groupBy: [{ kind: "name", name: "Region" }],
      orderBy: [{ field: "Region", descending: false }],
    },
  );
});

test("takes DISTINCT for a field where it is one", () => {
  const field = { kind: "name", name: "Distinct" };
  assert.deepEqual(only("LET v = Count(Distinct);"), {
    kind: "let",
    name: "v",
    value: { kind: "call", function: "Count", arguments: [field] },
  });
  assert.deepEqual(only("LET v = Count(distinct(a));"), only("LET v = Count(distinct a);"));
});

test("reads the prefixes that make another table", () => {
  assert.deepEqual(prefixes("CrossTable (Month, Sales, 2)"), [
    { kind: "crosstable", attribute: "Month", data: "Sales", qualifiers: 2 },
  ]);
  assert.deepEqual(prefixes("Inner Join IntervalMatch (Time, Line)"), [
    { kind: "join", side: "inner" },
    { kind: "intervalmatch", field: "Time", keys: ["Line"] },
  ]);
  assert.deepEqual(prefixes("Hierarchy (Id, Parent, Name, , Name, Path, '\\', Depth)"), [
    {
      kind: "hierarchy",
      node: "Id",
      parent: "Parent",
      name: "Name",
      pathSource: "Name",
      pathName: "Path",
      pathDelimiter: "\\",
      depth: "Depth",
    },
  ]);
  assert.deepEqual(prefixes("HierarchyBelongsTo (Id, Parent, Name, TreeId, Tree)"), [
    {
      kind: "hierarchybelongsto",
      node: "Id",
      parent: "Parent",
      name: "Name",
      ancestorId: "TreeId",
      ancestorName: "Tree",
    },
  ]);
  assert.deepEqual(prefixes("Buffer (incremental, stale after 7 days) Generic Replace only"), [
    { kind: "buffer", incremental: true, stale: { amount: 7, unit: "days" } },
    { kind: "generic" },
    { kind: "replace", only: true },
  ]);
});

test("LS-TXT-01 reads lists of files, sheets, and delimiters without quotation marks", () => {
  assert.deepEqual(
    source("LOAD * FROM [a.xlsx], 'b.xlsx' (ooxml, no labels, header is 2 lines, table is [Rights 2026]);"),
    {
      kind: "file",
      path: "a.xlsx",
      morePaths: ["b.xlsx"],
      format: { format: "ooxml", labels: "none", header: 2, table: "Rights 2026" },
    },
  );
  assert.deepEqual(
    source("LOAD * FROM [a.txt] (delimiter is \\t);"),
    source("LOAD * FROM [a.txt] (delimiter is '\\t');"),
  );
  assert.deepEqual(source("LOAD * FROM [a.txt] (delimiter is spaces);"), {
    kind: "file",
    path: "a.txt",
    format: { delimiter: "spaces" },
  });
});
