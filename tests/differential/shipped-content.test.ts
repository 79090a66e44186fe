/** What ships for libraries and extensions, whose types no target deploys: asked of both evaluators in this process. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dialectOf } from "../../catalogue/dialects.ts";
import { shippedRules } from "../../catalogue/shipped-rules.ts";
import type { Entity, Principal, ResourceRef } from "../../contract/types.ts";
import { evaluateRules } from "../../mock/rules/evaluate.ts";
import { decideOnSite } from "../../reference/rules/spec.ts";
import { anonymous, at, entity, reference, rule, siteOf, user } from "../reference/rules/trading-company.ts";

const [ann, ben] = [user("ann"), user("ben")];

function shipped(name: string): Entity {
  const found = shippedRules.find((one) => one.name === name);
  assert.ok(found !== undefined, name);
  return { id: name, category: "Security", disabled: false, ...found };
}

/** A file in two libraries: ann reads the one and updates the other, ben reads the first. */
const site = siteOf(
  [
    shipped("Content library content"),
    shipped("Content library manage content"),
    rule("Pictures are read", "ContentLibrary_* | R", 'resource.name = "Pictures"'),
    rule("ann keeps maps", "ContentLibrary_* | U", 'resource.name = "Maps" and user.userId = "ann"'),
    rule("Everybody sees extensions", "Extension_* | R", ""),
  ],
  {
    ContentLibrary: [entity("Pictures"), entity("Maps")],
    StaticContentReference: [
      entity("logo.png", { ContentLibrarys: [reference("Maps"), reference("Pictures")] }),
      entity("coast.png", { ContentLibrarys: [reference("Maps")] }),
      entity("lost.png"),
    ],
    Extension: [entity("Gantt")],
  },
);

type Ask = readonly [who: Principal, action: string, resource: ResourceRef, allowed: boolean];

const file = (name: string): ResourceRef => at("StaticContentReference", name);

const asks: readonly Ask[] = [
  // SR-475: read on one of its libraries is enough; the shipped rule says "one of its content libraries".
  [ben, "read", file("logo.png"), true],
  [ben, "read", file("coast.png"), false],
  [ben, "read", file("lost.png"), false],
  // Default configuration: update on a content library is the right to manage its files.
  [ann, "update", file("logo.png"), true],
  [ann, "delete", file("coast.png"), true],
  [ann, "delete", file("lost.png"), false],
  [ben, "update", file("logo.png"), false],
  [anonymous, "read", file("logo.png"), true],
  // Default configuration: everybody sees extensions, anonymous visitors too (SR-109).
  [anonymous, "read", at("Extension", "Gantt"), true],
  [anonymous, "update", at("Extension", "Gantt"), false],
];

describe("what ships for libraries and extensions", () => {
  for (const [as, action, resource, allowed] of asks) {
    const id = "id" in resource ? resource.id.slice(0, 8) : "";
    it(`${allowed ? "lets" : "does not let"} ${as.id.slice(0, 9)} ${action} ${resource.type} ${id}`, () => {
      const question = { as, action, resource, context: "hub" } as const;
      assert.equal(decideOnSite(site, question, dialectOf("documented")).allowed, allowed);
      assert.equal(evaluateRules(site, [question], dialectOf("documented"))[0]?.allowed, allowed);
    });
  }
});
