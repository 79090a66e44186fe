import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { coverageOf, lcov } from "../../../analysis/rules/coverage.ts";
import { judgeIntent, type Finding } from "../../../analysis/rules/intent.ts";
import { describeResource, describeUser } from "../../../analysis/rules/witness.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import { isKnownError } from "../../../contract/errors.ts";
import type { Site } from "../../../contract/types.ts";
import { parseIntents } from "../../../intake/intents.ts";
import { policyOf } from "../../../reference/rules/spec.ts";
import { site as customerCase, users } from "../../reference/rules/customer-case.ts";
import { custom, entity, guid, reference, rule, siteOf, user } from "../../reference/rules/trading-company.ts";

const dialect = dialectOf("documented");

const ann = user("ann", { groups: ["finance"] });
const ben = user("ben", { groups: ["sales"] });

/** A payroll stream for finance, a wide rule beside it, and an app whose script protects its data. */
const payroll: Site = {
  ...siteOf(
    [
      rule("Streams by group", "Stream_* | R", "user.group = resource.@GroupAccess"),
      rule("Apps of streams", "App_* | R", 'resource.stream.HasPrivilege("read")'),
      rule("Sales export", "App_* | EA", 'user.group = "sales"'),
      rule("Leads read", "App_* | R", 'user.@Lead = "yes" and resource.name like "Pay*"'),
    ],
    {
      Stream: [
        { ...entity("Payroll"), customProperties: custom({ GroupAccess: ["finance"] }) },
        { ...entity("Orders"), customProperties: custom({ GroupAccess: ["sales"] }) },
      ],
      App: [
        { ...entity("Pay slips"), stream: reference("Payroll") },
        { ...entity("Order book"), stream: reference("Orders") },
      ],
    },
  ),
  apps: {
    [guid("Pay slips")]: {
      script: "Section Access;\nLOAD * INLINE [\nACCESS,USERID\n];\nSection Application;\n",
      files: {},
    },
    [guid("Order book")]: { script: "Orders:\nLOAD 1 AS A AUTOGENERATE 1;\n", files: {} },
  },
};

function judged(yaml: string, site: Site = payroll): readonly Finding[] {
  return parseIntents(yaml, "intents.yaml").map((intent) => judgeIntent(intent, site, [ann, ben], dialect));
}

function withoutRules(...names: readonly string[]): Site {
  const rules = (payroll.entities["SystemRule"] ?? []).filter(({ name }) => !names.some((gone) => gone === name));
  return { ...payroll, entities: { ...payroll.entities, SystemRule: rules } };
}

const nobodyOutside = `
- title: nobody outside finance reads an app in stream Payroll
  never: read
  who: '!(user.group = "finance")'
  on: App_*
  where: resource.stream.name = "Payroll"
`;

describe("an intent", () => {
  it("is broken by somebody the site does not have yet, with the least he needs and the rule that lets him", () => {
    const [finding] = judged(nobodyOutside, withoutRules("Apps of streams"));
    assert.equal(finding?.kind, "broken");
    if (finding?.kind !== "broken") return;
    assert.deepEqual(finding.rules, ["Leads read"]);
    assert.equal(finding.witness.existing, false);
    assert.match(describeUser(finding.witness), /\(@Lead = yes\)$/);
    assert.match(describeResource(finding.witness), /Pay.*stream Payroll/);
  });

  it("holds once the rule is gone, after real questions", () => {
    const [held] = judged(nobodyOutside, withoutRules("Leads read"));
    assert.equal(held?.kind, "holds");
    assert.ok(held?.kind === "holds" && held.asked > 3);
    // Beyond this site, a stream of that name may be given to another group.
    const [finding] = judged(`${nobodyOutside}  beyond: true\n`, withoutRules("Leads read"));
    assert.equal(finding?.kind, "broken");
    assert.deepEqual(finding?.kind === "broken" ? finding.rules : [], ["Apps of streams"]);
  });

  it("that everybody of a group may do something is broken by a denied one", () => {
    const [met, unmet] = judged(`
- { title: sales export apps, always: exportdata, who: user.group = "sales", on: App_* }
- { title: sales publish apps, always: publish, who: user.group = "sales", on: App_* }
`);
    assert.equal(met?.kind, "holds");
    assert.equal(unmet?.kind === "broken" ? unmet.how : undefined, "denied");
  });

  it("that asks for a list names people, things and rules, by section access too", () => {
    const [all, guarded] = judged(`
- { title: who exports, list: [export, exportdata], on: App_*, context: hub }
- { title: who exports what is protected, list: exportdata, on: App_*, context: hub, sectionAccess: true }
`);
    assert.deepEqual(all?.kind === "listed" ? all.hits.map(({ user: { id }, action }) => `${id} ${action}`) : [], [
      "ben export",
      "ben exportdata",
      "ben export",
      "ben exportdata",
    ]);
    assert.deepEqual(
      guarded?.kind === "listed"
        ? guarded.hits.map(({ resource, rules }) => ["id" in resource ? resource.id : "", rules])
        : [],
      [[guid("Pay slips"), ["Sales export"]]],
    );
  });

  it("about a page of the QMC that only a wide rule covers is held against that rule", () => {
    const wide = rule("Everything", "* | R | Q", "");
    const site = siteOf([wide], { App: [entity("Orders")] });
    const [finding] = judged("- { title: nobody opens the audit, never: read, on: QmcSection_Audit }", site);
    assert.deepEqual(finding?.kind === "broken" ? finding.rules : finding?.kind, ["Everything"]);
  });

  it("nothing could break is vacuous, not kept", () => {
    const [impossible, typeless] = judged(`
- { title: two names at once, never: read, on: App_*, where: resource.name = "A" and resource.name = "B" }
- { title: a property tags do not have, never: read, on: Tag_*, where: resource.@Region = "NORTH" }
`);
    assert.equal(impossible?.kind, "vacuous");
    assert.equal(typeless?.kind, "vacuous");
  });

  it("of the customer case: strangers touch tags, by the branch without a test", () => {
    const [intent] = parseIntents(
      `- { title: no stranger updates tags, never: update, who: '!(user.group like "*")', on: Tag_* }`,
      "i.yaml",
    );
    assert.ok(intent !== undefined);
    const finding = judgeIntent(intent, customerCase, [...users.values()], dialect);
    assert.deepEqual(finding.kind === "broken" ? finding.rules : [], ["TeamAdminRead"]);
  });
});

/** What is wrong with a file of intents, and where. */
const mistakes: readonly (readonly [what: string, yaml: string, line: number, message: RegExp])[] = [
  ["no YAML", "- title: [", 1, /./],
  ["no list", "title: x", 1, /holds no intents|more than intents/],
  ["an unknown key", "- title: x\n  nevr: read\n  on: App_*", 2, /has no "nevr"/],
  ["nothing asked", "- title: x\n  on: App_*", 1, /asks nothing/],
  ["two things asked", "- title: x\n  never: read\n  always: read\n  on: App_*", 1, /asks two things/],
  ["no filter", "- title: x\n  never: read", 1, /names no "on"/],
  ["an action that does not exist", "- title: x\n  never: reed\n  on: App_*", 2, /no action "reed"/],
  ["a context that does not exist", "- title: x\n  never: read\n  on: App_*\n  context: mobile", 4, /no context/],
  ["a condition that cannot be read", "- title: x\n  never: read\n  on: App_*\n  who: user.group =", 4, /./],
  ["a filter that cannot be read", "- title: x\n  never: read\n  on: '!!'", 3, /./],
  [
    "HasPrivilege",
    '- title: x\n  never: read\n  on: App_*\n  where: resource.stream.HasPrivilege("read")',
    4,
    /does not ask HasPrivilege/,
  ],
  [
    "a flag that is none",
    "- title: x\n  never: read\n  on: App_*\n  sectionAccess: maybe",
    4,
    /neither true nor false/,
  ],
  ["a key twice", "- title: x\n  title: y\n  never: read\n  on: App_*", 2, /./],
];

describe("a file of intents", () => {
  for (const [what, yaml, line, message] of mistakes) {
    it(`with ${what} is refused at its place`, () => {
      assert.throws(
        () => judged(yaml),
        (error: unknown) => {
          assert.ok(isKnownError(error), String(error));
          assert.equal(error.code, "input");
          assert.match(error.message, message);
          assert.deepEqual([error.details.file, error.details.line], ["intents.yaml", line]);
          return true;
        },
      );
    });
  }
});

describe("coverage of a policy", () => {
  const coverage = coverageOf(payroll, policyOf(payroll, dialect), [ann, ben]);

  it("counts for each part of a condition how often it held and failed", () => {
    const [streams, apps, , leads] = coverage;
    assert.deepEqual(
      streams?.atoms.map(({ held, failed }) => [held, failed]),
      [[4, 4]],
    );
    assert.deepEqual(
      apps?.atoms.map(({ held, failed }) => [held, failed]),
      [[4, 4]],
    );
    assert.deepEqual(
      leads?.atoms.map(({ atom, held, failed }) => [atom, held, failed]),
      [
        ['user.@Lead = "yes"', 0, 8],
        ['resource.name like "Pay*"', 4, 4],
      ],
    );
  });

  it("is written as LCOV with a branch for each way", () => {
    const text = lcov(coverage, [
      {
        rule: "Leads read",
        file: "rules/004-Leads-read.rule",
        text: 'user.@Lead = "yes" and\nresource.name like "Pay*"',
      },
    ]);
    assert.match(text, /^SF:rules\/004-Leads-read\.rule\nBRDA:1,0,0,0\nBRDA:1,0,1,8\n/);
    assert.match(text, /BRF:4\nBRH:3\n/);
  });
});
