/** Random statements of load scripts, only such as a script can say; those that hold others are in `control-arbitrary.ts`. */
import * as fc from "fast-check";

import type {
  BinaryOperator,
  Expression,
  FileFormat,
  Load,
  LoadItem,
  LoadSource,
  Prefix,
  Renaming,
  Statement,
  UnaryOperator,
} from "../../../languages/load-script/ast.ts";
import { binaryPrecedence } from "../../../languages/load-script/expressions.ts";
import { closingOf } from "../../../languages/load-script/scan.ts";

/** No text may hold `$(`: it would be expanded. */
function unexpandable(text: string): boolean {
  return !text.includes("$(");
}

const awkward = [
  "a]b",
  "x]]",
  "it's",
  'say "x"',
  "`",
  "// no comment",
  "/* none */",
  "a;b",
  "from",
  "Distinct",
  "group",
];

const text: fc.Arbitrary<string> = fc
  .oneof(fc.string({ maxLength: 6 }), fc.constantFrom("NORTH", "CORP\\ann", "$ (", "é", "\n", ...awkward))
  .filter(unexpandable);

export const name: fc.Arbitrary<string> = fc
  .oneof({ weight: 3, arbitrary: fc.constantFrom("REGION", "USERID", "%KEY", "USER.EMAIL", "T-1", "Sales") }, text)
  .filter((value) => value !== "");

function headed<Item>([first, rest]: [Item, Item[]]): [Item, ...Item[]] {
  return [first, ...rest];
}

/** ORDER BY stands only behind RESIDENT, WHILE not beside WHERE. */
function orderedIfResident({ orderBy, while: again, ...load }: Load): Load {
  const condition = again === undefined || load.where !== undefined ? {} : { while: again };
  return { ...load, ...condition, ...(load.source.kind === "resident" && orderBy ? { orderBy } : {}) };
}

const names: fc.Arbitrary<[string, ...string[]]> = fc.tuple(name, fc.array(name, { maxLength: 2 })).map(headed);

function isOperator(value: string): value is BinaryOperator {
  return Object.hasOwn(binaryPrecedence, value);
}

const operators = Object.keys(binaryPrecedence).filter(isOperator);
const signs: readonly UnaryOperator[] = ["-", "+", "not"];

export const expression: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    fc.record({ kind: fc.constant("text" as const), value: text }),
    fc.record({ kind: fc.constant("name" as const), name }),
    fc
      .oneof(fc.nat(), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }))
      .map((value): Expression => ({ kind: "number", value: value + 0 })),
    fc.record({
      kind: fc.constant("call" as const),
      function: fc.constantFrom("Upper", "If", "RecNo", "ApplyMap", "Num#"),
      arguments: fc.array(tie("any"), { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant("call" as const),
      function: fc.constantFrom("Count", "Sum", "Concat"),
      distinct: fc.constant(true as const),
      arguments: fc.array(tie("any"), { minLength: 1, maxLength: 2 }),
    }),
    fc.record({ kind: fc.constant("unary" as const), operator: fc.constantFrom(...signs), operand: tie("any") }),
    fc.record({
      kind: fc.constant("binary" as const),
      operator: fc.constantFrom(...operators),
      left: tie("any"),
      right: tie("any"),
    }),
  ),
})).any;

const item: fc.Arbitrary<LoadItem> = fc.oneof(
  fc.constant<LoadItem>({ kind: "all" }),
  fc.record(
    { kind: fc.constant("field" as const), value: expression, alias: name },
    { requiredKeys: ["kind", "value"] },
  ),
);

export const nonEmptyText: fc.Arbitrary<string> = text.filter((value) => value !== "");

export const format: fc.Arbitrary<FileFormat> = fc.record(
  {
    format: fc.constantFrom("txt" as const, "qvd" as const, "ooxml" as const, "biff" as const),
    table: nonEmptyText,
    charset: fc.constantFrom("utf8", "unicode", "codepage is 1252"),
    labels: fc.constantFrom("embedded" as const, "explicit" as const, "none" as const),
    delimiter: fc.oneof(fc.constantFrom(",", ";", "\\t", "|", "spaces"), nonEmptyText),
    quoting: fc.constantFrom("msq" as const, "none" as const),
    header: fc.nat({ max: 20 }),
    comment: nonEmptyText,
  },
  { requiredKeys: [] },
);

const inline = fc
  .record(
    {
      kind: fc.constant("inline" as const),
      enclosure: fc.constantFrom("[" as const, '"' as const, "'" as const, "`" as const),
      data: fc.array(text, { maxLength: 4 }).map((lines) => lines.join("\n")),
      format,
    },
    { requiredKeys: ["kind", "enclosure", "data"] },
  )
  .filter(({ enclosure, data }) => !data.includes(closingOf(enclosure) ?? "") && unexpandable(data));

const source: fc.Arbitrary<LoadSource> = fc.oneof(
  inline,
  fc.record(
    {
      kind: fc.constant("file" as const),
      path: name,
      morePaths: fc.array(name, { minLength: 1, maxLength: 2 }),
      format,
    },
    { requiredKeys: ["kind", "path"] },
  ),
  fc.record({ kind: fc.constant("resident" as const), table: name }),
  fc.record({ kind: fc.constant("autogenerate" as const), count: expression }),
  fc.constant<LoadSource>({ kind: "preceding" }),
);

const hierarchyFields = { node: name, parent: name, name };

const transformation: fc.Arbitrary<Prefix> = fc.oneof(
  fc.constant<Prefix>({ kind: "generic" }),
  fc.record(
    { kind: fc.constant("crosstable" as const), attribute: name, data: name, qualifiers: fc.nat({ max: 9 }) },
    { requiredKeys: ["kind", "attribute", "data"] },
  ),
  fc.record({ kind: fc.constant("intervalmatch" as const), field: name, keys: fc.array(name, { maxLength: 2 }) }),
  fc.record(
    {
      kind: fc.constant("hierarchy" as const),
      ...hierarchyFields,
      parentName: name,
      pathSource: name,
      pathName: name,
      pathDelimiter: name,
      depth: name,
    },
    { requiredKeys: ["kind", "node", "parent", "name"] },
  ),
  fc.record(
    {
      kind: fc.constant("hierarchybelongsto" as const),
      ...hierarchyFields,
      ancestorId: name,
      ancestorName: name,
      depthDifference: name,
    },
    { requiredKeys: ["kind", "node", "parent", "name", "ancestorId", "ancestorName"] },
  ),
);

const reading: fc.Arbitrary<Prefix> = fc.oneof(
  fc.record({ kind: fc.constant("first" as const), count: expression }),
  fc.record({ kind: fc.constantFrom("add" as const, "replace" as const), only: fc.boolean() }),
  fc.record(
    {
      kind: fc.constant("buffer" as const),
      incremental: fc.boolean(),
      stale: fc.record({ amount: fc.nat({ max: 99 }), unit: fc.constantFrom("days" as const, "hours" as const) }),
    },
    { requiredKeys: ["kind", "incremental"] },
  ),
);

const prefix: fc.Arbitrary<Prefix> = fc.oneof(
  transformation,
  reading,
  fc.constantFrom<Prefix>({ kind: "mapping" }, { kind: "noconcatenate" }),
  fc.record({ kind: fc.constant("concatenate" as const), table: name }, { requiredKeys: ["kind"] }),
  fc.record(
    { kind: fc.constant("join" as const), side: fc.constantFrom("outer", "inner", "left", "right"), table: name },
    { requiredKeys: ["kind", "side"] },
  ),
  fc.record(
    { kind: fc.constant("keep" as const), side: fc.constantFrom("inner", "left", "right"), table: name },
    { requiredKeys: ["kind", "side"] },
  ),
);

const order = fc.array(fc.record({ field: name, descending: fc.boolean() }), { minLength: 1, maxLength: 2 });

export const load: fc.Arbitrary<Load> = fc
  .record(
    {
      kind: fc.constant("load" as const),
      label: name,
      prefixes: fc.array(prefix, { maxLength: 2 }),
      distinct: fc.boolean(),
      fields: fc.tuple(item, fc.array(item, { maxLength: 3 })).map(headed),
      source,
      where: expression,
      while: expression,
      groupBy: fc.tuple(expression, fc.array(expression, { maxLength: 2 })).map(headed),
      orderBy: order,
    },
    { requiredKeys: ["kind", "prefixes", "distinct", "fields", "source"] },
  )
  .map(orderedIfResident);

const pattern = fc.oneof(fc.constantFrom("*", "REGION*", "?KEY"), name);
export const patterns: fc.Arbitrary<[string, ...string[]]> = fc
  .tuple(pattern)
  .map(([only]): [string, ...string[]] => [only]);
export const renaming: fc.Arbitrary<Renaming> = fc.record({ from: name, to: name });
const setText = fc.stringMatching(/^([A-Za-z0-9][A-Za-z0-9 ,.=]*[A-Za-z0-9])?$/);

export const other: fc.Arbitrary<Statement> = fc.oneof(
  fc.record({ kind: fc.constant("section" as const), section: fc.constantFrom("access", "application") }),
  fc.record({ kind: fc.constant("set" as const), name, value: fc.oneof(setText, fc.constant("'a;b // c'")) }),
  fc.record({ kind: fc.constant("let" as const), name, value: expression }, { requiredKeys: ["kind", "name"] }),
  fc.record({ kind: fc.constant("star" as const), symbol: nonEmptyText }, { requiredKeys: ["kind"] }),
  fc.record({ kind: fc.constant("drop-tables" as const), tables: names }),
  fc.record(
    { kind: fc.constant("drop-fields" as const), fields: names, from: names },
    { requiredKeys: ["kind", "fields"] },
  ),
  fc.record({
    kind: fc.constant("rename" as const),
    what: fc.constantFrom("fields", "tables"),
    by: fc.oneof(
      fc.record({ kind: fc.constant("map" as const), map: name }),
      fc.record({
        kind: fc.constant("pairs" as const),
        pairs: fc.tuple(renaming).map(([only]): [typeof only] => [only]),
      }),
    ),
  }),
  fc.record({
    kind: fc.constantFrom("qualify", "unqualify", "nullasvalue", "nullasnull"),
    fields: patterns,
  }),
  fc.record({ kind: fc.constant("loosen" as const), tables: names }),
  fc.record({ kind: fc.constant("trace" as const), text: setText }),
  fc.constant<Statement>({ kind: "exit", what: "script" }),
  fc.record({
    kind: fc.constant("unexpanded" as const),
    text: fc.constantFrom("LOAD $(vFields) RESIDENT Sales", "SET a = '$(b);'", "LET c = $(=1 + $(d))"),
  }),
);
