/** Random syntax trees of whole load scripts: control statements, what they hold, and every other statement. */
import * as fc from "fast-check";

import type {
  Expression,
  Guard,
  Load,
  LoadScript,
  Statement,
  StoreStatement,
  Unexpanded,
} from "../../../languages/load-script/ast.ts";
import { expression, format, load, name, nonEmptyText, other, patterns, renaming } from "./script-arbitrary.ts";

const path = nonEmptyText.filter((value) => value.trim() === value);

const data: fc.Arbitrary<Statement> = fc.oneof(
  fc.record({ kind: fc.constant("binary" as const), path }),
  fc.record(
    {
      kind: fc.constant("store" as const),
      fields: fc.constantFrom<StoreStatement["fields"]>([{ kind: "all" }], [{ kind: "field", field: "A", alias: "B" }]),
      table: name,
      path,
      format,
    },
    { requiredKeys: ["kind", "fields", "table", "path"] },
  ),
  fc.record({
    kind: fc.constant("connect" as const),
    by: fc.constantFrom("lib", "odbc", "oledb", "custom"),
    connection: path,
  }),
  fc.record({ kind: fc.constant("directory" as const), path }, { requiredKeys: ["kind"] }),
  fc.record({
    kind: fc.constant("force" as const),
    letters: fc.constantFrom("capitalization", "upper", "lower", "mixed"),
  }),
  fc.record({ kind: fc.constant("alias" as const), pairs: fc.tuple(renaming) }),
  fc.record({ kind: fc.constant("map" as const), fields: patterns, map: name }, { requiredKeys: ["kind", "fields"] }),
  fc.record(
    { kind: fc.constant("autonumber" as const), fields: patterns, namespace: name },
    { requiredKeys: ["kind", "fields"] },
  ),
  fc.record({
    kind: fc.constant("passed" as const),
    text: fc.constantFrom(
      "TAG FIELD REGION WITH '$key'",
      "SLEEP 10",
      "Calendar: DECLARE FIELD DEFINITION FIELDS Year($1)",
    ),
  }),
  fc.record({
    kind: fc.constant("load" as const),
    label: name,
    prefixes: fc.constant([]),
    distinct: fc.constant(false),
    fields: fc.constant<Load["fields"]>([{ kind: "all" }]),
    source: fc.constant({ kind: "select", sql: "SELECT * FROM sales WHERE region = 'NORTH'" } as const),
  }),
);

/** A clause that waits for its `$( )`. */
function waiting(...texts: readonly string[]): fc.Arbitrary<Unexpanded> {
  return fc.record({ kind: fc.constant("unexpanded" as const), text: fc.constantFrom(...texts) });
}

const condition: fc.Arbitrary<Expression | Unexpanded> = fc.oneof(expression, waiting("$(a) = 1", "'$(b)' like 'N*'"));

const guard: fc.Arbitrary<Guard> = fc.record({ unless: fc.boolean(), condition: expression });

const leaf: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 2, arbitrary: load },
  { weight: 3, arbitrary: other },
  { weight: 2, arbitrary: data },
  fc.record({
    kind: fc.constant("call-sub" as const),
    name,
    arguments: fc.array(expression, { maxLength: 2 }),
  }),
  fc.record(
    { kind: fc.constant("exit" as const), what: fc.constantFrom("script", "for", "do", "sub"), guard },
    { requiredKeys: ["kind", "what"] },
  ),
);

const guarded: fc.Arbitrary<Statement> = fc.record({
  kind: fc.constant("guarded" as const),
  guard,
  statement: leaf.filter(({ kind }) => kind !== "unexpanded" && kind !== "passed" && kind !== "trace"),
});

const over = fc.oneof(
  fc.record(
    { kind: fc.constant("counting" as const), variable: name, from: expression, to: expression, step: expression },
    { requiredKeys: ["kind", "variable", "from", "to"] },
  ),
  fc.record({ kind: fc.constant("list" as const), variable: name, items: fc.tuple(expression, expression) }),
  waiting("EACH f IN FileList('$(d)/*.csv')", "i = 1 TO $(n)"),
);

const test = fc.record({ until: fc.boolean(), condition });

const parameters = fc.uniqueArray(name, { maxLength: 2 });

const { statement } = fc.letrec<{ statement: Statement; body: readonly Statement[] }>((tie) => ({
  body: fc.array(tie("statement"), { maxLength: 2 }),
  statement: fc.oneof(
    { maxDepth: 2, depthSize: "small" },
    { weight: 6, arbitrary: leaf },
    guarded,
    fc.record(
      {
        kind: fc.constant("if" as const),
        branches: fc.oneof(
          fc.tuple(fc.record({ condition, body: tie("body") })),
          fc.tuple(fc.record({ condition, body: tie("body") }), fc.record({ condition, body: tie("body") })),
        ),
        otherwise: tie("body"),
      },
      { requiredKeys: ["kind", "branches"] },
    ),
    fc.record({ kind: fc.constant("for" as const), over, body: tie("body") }),
    fc.record(
      { kind: fc.constant("do" as const), before: test, after: test, body: tie("body") },
      { requiredKeys: ["kind", "body"] },
    ),
    fc.record(
      {
        kind: fc.constant("switch" as const),
        value: condition,
        cases: fc.array(
          fc.record({
            values: fc.oneof(
              fc.record({ kind: fc.constant("values" as const), of: fc.tuple(expression, expression) }),
              waiting("$(a), 2"),
            ),
            body: tie("body"),
          }),
          { maxLength: 2 },
        ),
        otherwise: tie("body"),
      },
      { requiredKeys: ["kind", "value", "cases"] },
    ),
    fc.record({
      kind: fc.constant("sub" as const),
      head: fc.oneof(fc.record({ kind: fc.constant("head" as const), name, parameters }), waiting("Load$(a)(x)")),
      body: tie("body"),
    }),
  ),
}));

export const script: fc.Arbitrary<LoadScript> = fc.record({ statements: fc.array(statement, { maxLength: 4 }) });
