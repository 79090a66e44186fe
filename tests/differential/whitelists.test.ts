/** What conditions may name of each type (SR-405, SR-408, SR-421): the catalogue's table, asked of both evaluators. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dialectOf } from "../../catalogue/dialects.ts";
import type { Json } from "../../contract/types.ts";
import { evaluateRules } from "../../mock/rules/evaluate.ts";
import { decideOnSite } from "../../reference/rules/spec.ts";
import { custom, entity, ownedBy, reference, rule, siteOf, user } from "../reference/rules/trading-company.ts";

const ann = user("ann");

/** Beside id, name and resourcetype, which every type offers; `@` stands for custom properties. */
const offered: { readonly [type: string]: string } = {
  App: "owner stream @",
  "App.Object": "owner app description objectType published approved",
  "App.Internal": "app",
  "App.Content": "app",
  Stream: "owner @",
  DataConnection: "owner type @",
  ContentLibrary: "owner @",
  Extension: "owner @",
  ReloadTask: "app @",
  StaticContentReference: "ContentLibrarys",
  SystemRule: "category subcategory type resourceFilter",
  User: "userId userDirectory userDirectoryConnectorName roles @",
  AnalyticConnection: "@",
  EngineService: "@",
  ExternalProgramTask: "@",
  ServerNodeConfiguration: "@",
  PrintingService: "@",
  ProxyService: "@",
  RepositoryService: "@",
  SchedulerService: "@",
  UserSyncTask: "@",
  VirtualProxyConfig: "@",
  Tag: "",
  SchemaEvent: "",
  "License.ProfessionalAccessGroup": "",
};

/** Every field any type offers, and some that none does, all of them filled. */
const fields: { readonly [name: string]: Json } = {
  owner: ownedBy(ann),
  stream: reference("Sales"),
  app: reference("Orders"),
  ContentLibrarys: [reference("Pictures")],
  description: "filled",
  objectType: "sheet",
  published: true,
  approved: false,
  type: "folder",
  category: "Security",
  subcategory: "filled",
  resourceFilter: "App_*",
  userId: "ann",
  userDirectory: "CORP",
  userDirectoryConnectorName: "CORP",
  roles: ["Trader"],
  tags: ["filled"],
  connectionString: "filled",
  hostName: "north",
  isCentral: true,
  inactive: true,
  blacklisted: true,
  rule: "filled",
  actions: 2,
  disabled: true,
};

const names = ["id", "name", "resourcetype", "@Desk", ...Object.keys(fields)];

function isOffered(type: string, name: string): boolean {
  const own = (offered[type] ?? "").split(" ").map((one) => (one === "@" ? "@Desk" : one));
  return ["id", "name", "resourcetype", ...own].includes(name);
}

describe("conditions", () => {
  for (const type of Object.keys(offered)) {
    it(`may name of a ${type} what the table of properties lists, and nothing else`, () => {
      const one = entity("One", { ...fields, customProperties: custom({ Desk: ["filled"] }) });
      const seen = (evaluator: "reference" | "mock"): readonly string[] =>
        names.filter((name) => {
          const asking = rule("Filled", `${type}_* | R`, `!resource.${name}.Empty()`);
          // The one looked at is disabled, so that as a rule it says nothing.
          const site = siteOf(type === "SystemRule" ? [asking, one] : [asking], { [type]: [one] });
          const question = { as: ann, resource: { type, id: one.id }, action: "read", context: "hub" } as const;
          return evaluator === "reference"
            ? decideOnSite(site, question, dialectOf("documented")).allowed
            : evaluateRules(site, [question], dialectOf("documented"))[0]?.allowed === true;
        });
      const expected = names.filter((name) => isOffered(type, name));
      assert.deepEqual(seen("reference"), expected);
      assert.deepEqual(seen("mock"), expected);
    });
  }
});
