import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { ConformanceError } from "../../contract/errors.ts";
import type { Comparator, Condition, Operand, Path, Span } from "../../languages/rule-condition/ast.ts";
import { parseCondition } from "../../languages/rule-condition/parse.ts";
import { printCondition } from "../../languages/rule-condition/print.ts";
import { surviveMutations } from "./mutation.ts";

/** The conditions of the customer case (catalogue §6.2), the shipped rules with a known text, and samples of the help. */
const wellFormed: readonly string[] = [
  "",
  " \r\n\t",
  "((user.group=resource.@GroupAccess))",
  `( (resource.resourcetype="App" and resource.stream.@AdminGroup = user.group) or (resource.resourcetype="App.Object" and
    resource.app.stream.@AdminGroup = user.group) or (resource.resourcetype="ReloadTask" and
    resource.app.stream.@AdminGroup = user.group) or (resource.resourcetype="DataConnection" and
    resource.@AdminGroup = user.group) or resource.resourcetype ="SchemaEvent" or resource.resourcetype ="CompositeEvent"
    or resource.resourcetype = "Tag" or resource.resourcetype ="ExecutionResult" )`,
  '((user.group="role_admin"))',
  `!resource.App.stream.Empty() and resource.App.HasPrivilege("read") and (resource.objectType = "userstate" or
    resource.objectType = "sheet" or resource.objectType = "story") and !user.IsAnonymous() and
    (user.group="role_dev" or user.group="role_ext" or resource.app.@Extendable="Yes")`,
  '!user.IsAnonymous() and user.group="role_dev"',
  'user.roles="AuditAdmin" and !(resource.resourcetype="TransientObject" and resource.name like "QmcSection_*")',
  'resource.IsOwned() and resource.owner = user and !((resource.resourcetype = "App" and !resource.stream.Empty()))',
  'user.name=="ann"||user.name!="bob"&&user.name!=="carla"',
  'user.environment.group matches "(Sales|Marketing)"',
  '(user.name="ann")and(user.name="bob")or(user.group="Sales")',
  '(node.@T="Prod" and !resource.stream.Empty()) or (node.@T="Dev" and resource.stream.Empty())',
  '!!user.isanonymous() and Resource.Name="x"',
  'user . group = "Sales"',
  '"Sales" = user.group',
];

/** Slips seen in the field (catalogue §2.1), each with what the message must name. */
const illFormed: readonly (readonly [text: string, line: number, column: number, says: RegExp])[] = [
  ['user.environment.group.indexOf("x") >= 0', 1, 24, /unknown function indexOf.*HasPrivilege/],
  ['resource.tags.contains("F")', 1, 15, /unknown function contains/],
  ['user.clearanceLevel>="L3"', 1, 20, /no operator >.*SR-309/],
  ["user.Anonymous()", 1, 6, /did you mean IsAnonymous/],
  ["resource.Emty()", 1, 10, /did you mean Empty/],
  ['resorce.name = "x"', 1, 1, /did you mean resource/],
  ['user.group="a" adn user.group="b"', 1, 16, /did you mean and/],
  ['resource.name lik "x"', 1, 15, /did you mean like/],
  ["resource.name = Finance", 1, 17, /straight double quotes: "Finance"/],
  ['resource.HasPrivileage("read")', 1, 10, /did you mean HasPrivilege/],
  ["user.group=“Sales”", 1, 12, /straight double quotes/],
  ["user.group='Sales'", 1, 12, /straight double quotes/],
  ["!resource.published", 1, 2, /alone is not a condition.*SR-311/],
  ["resource.published and user.name", 1, 1, /resource.published alone.*SR-311/],
  ['"Sales"', 1, 1, /alone is not a condition/],
  ['user.group="Sales', 1, 12, /never closed/],
  ['(user.group="Sales"', 1, 20, /\) that closes/],
  ['user.group="Sales")', 1, 19, /end of the condition/],
  ['user.group="a"\n  AND user.group="b"', 2, 3, /write and \(SR-305\)/],
  ['user.group="a" OR user.group="b"', 1, 16, /write or \(SR-305\)/],
  ['user.name LIKE "a*"', 1, 11, /write like \(SR-305\)/],
  ['user.name Matches "a"', 1, 11, /write matches \(SR-305\)/],
  ["not user.IsAnonymous()", 1, 1, /SR-304/],
  ["resource.@Department = Finance", 1, 24, /"Finance" \(SR-307\)/],
  ["resource.id=5dd0dc16-aaaa-bbbb-cccc-0123456789ab", 1, 13, /SR-307/],
  ['owner.email="a"', 1, 1, /begins with resource\. or user\./],
  ["resource.name like user.group", 1, 20, /SR-329/],
  ["resource.name matches abc", 1, 23, /SR-307/],
  ['user.group={"a","b"}', 1, 12, /no lists/],
  ['resource._resourcetype="App"', 1, 10, /no property name/],
  ['user.@1st="x"', 1, 6, /no property name/],
  ['user.group="a" & user.group="b"', 1, 16, /SR-303/],
  ['user.group="a" user.group="b"', 1, 16, /unexpected word user/],
  ['user.name="a"+"b"', 1, 14, /SR-309/],
  ["user.Empty", 1, 1, /alone is not a condition/],
  ["user.HasPrivilege(read)", 1, 19, /"read"/],
  ["user.HasPrivilege()", 1, 19, /straight double quotes/],
  ['user.IsAnonymous("x")', 1, 18, /takes no argument/],
  ["user.name = user.IsAnonymous()", 1, 13, /cannot be compared/],
  ["user.IsAnonymous().x", 1, 19, /end of the condition/],
  ["()", 1, 2, /unexpected \)/],
  ["and", 1, 1, /nothing to work on/],
  ['user.="x"', 1, 6, /property name/],
  ['user.name\u00a0="x"', 1, 10, /invisible/],
  ["user.name=", 1, 11, /ends too early/],
  ['user.@ ="x"', 1, 6, /has no meaning/],
];

function refusal(text: string): ConformanceError {
  try {
    parseCondition(text, { file: "Rule 1" });
  } catch (error) {
    if (error instanceof ConformanceError) return error;
    throw error;
  }
  return assert.fail(`accepts ${text}`);
}

function withoutSpans(condition: Condition): unknown {
  return JSON.parse(JSON.stringify(condition, (key: string, value: unknown) => (key === "span" ? undefined : value)));
}

const span: Span = { start: 0, end: 0 };
const name = fc.constantFrom(
  "name",
  "group",
  "@Department",
  "stream",
  "owner",
  "App",
  "and",
  "like",
  "objectType",
  "Größe",
);
const path = (least: number): fc.Arbitrary<Path> =>
  fc.record({
    kind: fc.constant("path" as const),
    root: fc.constantFrom("resource", "user", "node"),
    segments: fc.array(name, { minLength: least, maxLength: 3 }),
    span: fc.constant(span),
  });
const text = fc.record({
  kind: fc.constant("text" as const),
  value: fc.string({ unit: "grapheme" }).map((value) => value.replaceAll('"', "")),
  span: fc.constant(span),
});
const operand: fc.Arbitrary<Operand> = fc.oneof(path(0), text);
const comparison: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant("comparison" as const),
    operator: fc.constantFrom<Comparator>("=", "==", "!=", "!=="),
    left: operand,
    right: operand,
    span: fc.constant(span),
  }),
  fc.record({
    kind: fc.constant("comparison" as const),
    operator: fc.constantFrom<Comparator>("like", "matches"),
    left: operand,
    right: text,
    span: fc.constant(span),
  }),
);
const call: fc.Arbitrary<Condition> = fc
  .tuple(fc.constantFrom("HasPrivilege", "IsAnonymous", "Empty", "IsOwned"), path(0))
  .map(([called, on]) =>
    called === "HasPrivilege"
      ? { kind: "call", function: called, on, argument: "read", span }
      : { kind: "call", function: called, on, span },
  );

function juncture(kind: "or" | "and", term: fc.Arbitrary<Condition>): fc.Arbitrary<Condition> {
  return fc.array(term, { minLength: 2, maxLength: 4 }).map((terms) => ({ kind, terms, span }));
}

/** Trees as the parser builds them when and binds tighter: an or only inside a group, a not over no junction. */
const { or: tree } = fc.letrec<{ or: Condition; and: Condition; unary: Condition }>((tie) => ({
  or: fc.oneof({ maxDepth: 4, withCrossShrink: true }, tie("and"), juncture("or", tie("and"))),
  and: fc.oneof({ maxDepth: 4, withCrossShrink: true }, tie("unary"), juncture("and", tie("unary"))),
  unary: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    comparison,
    call,
    tie("unary").map((term): Condition => ({ kind: "not", term, span })),
    tie("or").map((term): Condition => ({ kind: "group", term, span })),
  ),
}));

function nested(depth: number, open: string, close: string): string {
  return open.repeat(depth) + "user.IsAnonymous()" + close.repeat(depth);
}

describe("parseCondition", () => {
  it("accepts the rules of the customer case, shipped rules and the forms of the help", () => {
    for (const rule of wellFormed) assert.doesNotThrow(() => parseCondition(rule), rule);
  });

  it("refuses every slip seen in the field, with the place and the way out", () => {
    for (const [rule, line, column, says] of illFormed) {
      const error = refusal(rule);
      const { details, message } = error;
      assert.equal(error.code, "rule-syntax");
      assert.deepEqual([details.line, details.column, details.file], [line, column, "Rule 1"], `${rule}: ${message}`);
      assert.match(`${message} ${details.expected} ${details.remedy}`, says);
    }
  });

  it("reads a blank condition as one that holds for everyone (SR-109)", () => {
    assert.equal(parseCondition(" \n ").kind, "blank");
  });

  it("binds and tighter than or, unless asked for the reading of the 2.0 help (SR-301)", () => {
    const rule = 'user.name="ann" or user.name="bob" and resource.name="X"';
    assert.equal(parseCondition(rule).kind, "or");
    assert.equal(parseCondition(rule, { precedence: "orFirst" }).kind, "and");
  });

  it("negates a whole comparison (SR-304)", () => {
    const rule = parseCondition('!user.group="Sales"');
    assert.ok(rule.kind === "not" && rule.term.kind === "comparison");
  });

  it("keeps where each part stands", () => {
    const rule = ' user.name = "ann" and user.IsAnonymous()';
    const condition = parseCondition(rule);
    assert.ok(condition.kind === "and");
    const parts = condition.terms.map((term) => rule.slice(term.span.start, term.span.end));
    assert.deepEqual(parts, ['user.name = "ann"', "user.IsAnonymous()"]);
  });

  it("reads roots and functions in any letter case and keeps names as written (SR-312)", () => {
    const condition = parseCondition("Resource.App.Stream.empty()");
    assert.ok(condition.kind === "call");
    assert.deepEqual(
      [condition.function, condition.on.root, condition.on.segments],
      ["Empty", "resource", ["App", "Stream"]],
    );
  });

  it("nests 200 deep and refuses 201, be it parentheses or negations", () => {
    assert.doesNotThrow(() => parseCondition(nested(200, "(", ")")));
    assert.doesNotThrow(() => parseCondition(nested(200, "!", "")));
    assert.match(refusal(nested(201, "(", ")")).message, /too deeply/);
    assert.match(refusal(nested(100_000, "!", "")).message, /too deeply/);
  });

  it("reads ten thousand terms in a row", () => {
    const rule = Array.from({ length: 10_000 }, (_, index) => `user.name="ann${index}"`).join(" or ");
    assert.ok(parseCondition(rule).kind === "or");
  });

  it("accepts or refuses 100,000 mutated rules, never anything else", () => {
    const vocabulary = [
      '"',
      "(",
      ")",
      "!",
      "=",
      "and ",
      "or ",
      ".",
      "user",
      "resource",
      "like",
      "“",
      "@",
      "\n",
      "AND",
      "&",
      "\u0000",
      "😀",
    ];
    const seeds = wellFormed.filter((rule) => rule.trim() !== "");
    const { accepted, refused } = surviveMutations({
      seeds,
      vocabulary,
      count: 100_000,
      parse: (rule) => parseCondition(rule),
      accepted: (condition, rule) => {
        const again = parseCondition(printCondition(condition));
        assert.equal(JSON.stringify(withoutSpans(again)), JSON.stringify(withoutSpans(condition)), rule);
      },
    });
    assert.ok(accepted > 5000 && refused > 50_000, `${accepted} accepted, ${refused} refused`);
  });
});

describe("printCondition", () => {
  it("prints a text that parses to the same tree", () => {
    fc.assert(
      fc.property(tree, (condition) => {
        assert.deepEqual(withoutSpans(parseCondition(printCondition(condition))), withoutSpans(condition));
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it("adds parentheses where a tree would otherwise change its meaning", () => {
    const either: Condition = {
      kind: "or",
      terms: [parseCondition("user.IsAnonymous()"), parseCondition("user.a.Empty()")],
      span,
    };
    assert.equal(printCondition({ kind: "not", term: either, span }), "!(user.IsAnonymous() or user.a.Empty())");
    const both: Condition = { kind: "and", terms: [either, parseCondition('user.b="1"')], span };
    assert.equal(printCondition(both), '(user.IsAnonymous() or user.a.Empty()) and user.b = "1"');
    assert.equal(
      printCondition(both, { precedence: "orFirst" }),
      'user.IsAnonymous() or user.a.Empty() and user.b = "1"',
    );
  });

  it("refuses a text with a double quote, which the language cannot hold (SR-308)", () => {
    const condition: Condition = {
      kind: "comparison",
      operator: "=",
      left: { kind: "path", root: "user", segments: ["name"], span },
      right: { kind: "text", value: 'a"b', span },
      span,
    };
    assert.throws(() => printCondition(condition), { code: "not-supported" });
  });
});
