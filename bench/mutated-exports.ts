/** Mutated files of an administrator: exports of rules, sites, intents, directories and lists of users. */
import { readFileSync } from "node:fs";
import { dialectOf } from "../catalogue/dialects.ts";
import type { Entity, Principal } from "../contract/types.ts";
import { printConnectorAttributes, printConnectorUsers, printLdif } from "../generators/directory-files.ts";
import { randomRuleWorld } from "../generators/rules.ts";
import { parseConnectorTables, parseLdif } from "../intake/directory.ts";
import { parseIntents } from "../intake/intents.ts";
import { parsePrincipals, principalsOf } from "../intake/principals.ts";
import { parseSiteText } from "../intake/site-text.ts";
import { decide, policyOf } from "../reference/rules/spec.ts";
import { mutate as mutateJson, seeded } from "../tests/contract/mutate.ts";
import { mutate as mutateText, randomFrom } from "../tests/languages/load-script/mutate.ts";

export interface Parser {
  readonly next: () => string;
  readonly parse: (text: string) => unknown;
}

const dialect = dialectOf("documented");
const seed = 20_270_101;
const ann: Principal = { directory: "CORP", id: "ann", groups: ["Sales"], attributes: {}, session: {} };

const rules: readonly Entity[] = [
  {
    id: "7ead1400-0000-4000-8000-000000000801",
    name: "Streams by group",
    category: "Security",
    rule: "user.group = resource.@GroupAccess",
    resourceFilter: "Stream_*, DataConnection_*",
    actions: 2,
    ruleContext: 0,
    disabled: false,
    schemaPath: "SystemRule",
  },
  {
    id: "7ead1400-0000-4000-8000-000000000802",
    name: "Apps of streams",
    category: "Security",
    rule: '(resource.resourcetype = "App" and resource.stream.HasPrivilege("read"))\n or resource.name matches "(a+)+b"',
    resourceFilter: "App*",
    actions: 6,
    ruleContext: 1,
    disabled: false,
    schemaPath: "SystemRule",
  },
];

const resources = {
  User: [
    {
      id: "u1",
      userId: "ann",
      userDirectory: "CORP",
      attributes: [{ attributeType: "group", attributeValue: "Sales" }],
    },
  ],
  Stream: [{ id: "s1", name: "Sales", customProperties: [{ value: "Sales", definition: { name: "GroupAccess" } }] }],
  App: [
    { id: "a1", name: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", stream: { id: "s1", name: "Sales" }, owner: { id: "u1" } },
  ],
};

/** Half of the texts changed anywhere, half changed so that they mostly stay JSON. */
function ofJson(texts: readonly string[], parse: Parser["parse"]): Parser {
  const [random, structural] = [randomFrom(seed), seeded(seed)];
  let turn = 0;
  return {
    next: () => {
      turn += 1;
      if (turn % 2 === 0) return mutateText(texts, random);
      let text = texts[structural(texts.length)] ?? "";
      for (let times = structural(3); times >= 0; times--) text = mutateJson(text, structural);
      return text;
    },
    parse,
  };
}

function ofTexts(texts: readonly string[], parse: Parser["parse"]): Parser {
  const random = randomFrom(seed);
  return { next: () => mutateText(texts, random), parse };
}

/** What was read is asked: rules that read must be able to be judged. */
function judged(text: string, file: string): void {
  const { site } = parseSiteText(text, file);
  const policy = policyOf({ ...site, entities: { ...resources, ...site.entities } }, dialect);
  principalsOf(site);
  for (const resource of [
    { type: "App", id: "a1" },
    { type: "Stream", wouldBe: { id: "new" } },
  ]) {
    decide(policy, { as: ann, resource, action: "read", context: "hub" });
  }
}

const table = [
  "name,rule,resourceFilter,actions,ruleContext,disabled",
  ...rules.map(({ name, rule, resourceFilter }) =>
    [name, rule, resourceFilter]
      .map((cell) => (typeof cell === "string" ? `"${cell.replaceAll('"', '""')}"` : ""))
      .join(",")
      .concat(",2,QMCOnly,False"),
  ),
].join("\r\n");

const heads =
  'Name;Resource filter;Actions;Conditions;Context\nNorth;Stream_*;"Read, Update";user.group="North";Only in hub\n';

const intents = readFileSync(new URL("../examples/trading/intents.yaml", import.meta.url), "utf8");

/** Between the two tables of a connector in one text. */
const between = "\n=====\n";

function connector(text: string): unknown {
  const [users = "", attributes = ""] = text.split(between);
  return parseConnectorTables("CORP", { text: users, file: "users.csv" }, { text: attributes, file: "attributes.csv" });
}

function people(): readonly Principal[] {
  const asked = randomRuleWorld(5, 0).questions.map(({ as }) => as);
  return [ann, ...asked.filter(({ directory }) => directory === "CORP").slice(0, 2)];
}

/** The parsers by name, each with its own mutations. */
export function exportParsers(): { readonly [name: string]: Parser } {
  const shapes = [rules, { SystemRule: rules }, { value: rules, Count: 2 }, { items: [{ ruleList: rules }] }, rules[0]];
  const site = {
    ...resources,
    SystemRule: rules,
    datasources: { report: { proxy: "reports", defaultDirectory: "CORP", defaultUser: "ann" } },
  };
  const known = people();
  return {
    "rule export": ofJson(
      shapes.map((shape) => JSON.stringify(shape)),
      (text) => judged(text, "rules.json"),
    ),
    "rule table": ofTexts([table, heads], (text) => judged(text, "rules.csv")),
    site: ofJson([JSON.stringify(site), JSON.stringify(resources.User)], (text) => judged(text, "site.json")),
    intents: ofTexts([intents], (text) => parseIntents(text, "intents.yaml")),
    LDIF: ofTexts([printLdif(known)], (text) => parseLdif("CORP", { text, file: "people.ldif" })),
    "connector tables": ofTexts(
      [`${printConnectorUsers(known)}${between}${printConnectorAttributes(known)}`],
      connector,
    ),
    "user list": ofJson(["user,group\nCORP\\ann,Sales\nCORP\\ben,\n", JSON.stringify(resources.User)], (text) =>
      parsePrincipals(text, "people"),
    ),
  };
}
