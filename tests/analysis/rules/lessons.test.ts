/** The lessons of the customer case are told, its misprint too, and of the case repaired nothing. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { site } from "../../reference/rules/customer-case.ts";
import { lessons, misprinted, repaired, told } from "./customer-lessons.ts";

describe("the customer case", () => {
  const found = told(site).map(String);
  for (const [lesson, expected] of Object.entries(lessons)) {
    it(`is told its lesson ${lesson}`, () => {
      for (const one of expected)
        assert.ok(found.includes(String(one)), `${String(one)} is not among\n${found.join("\n")}`);
    });
  }

  it("is told of the filter that belongs to another rule", () => {
    assert.deepEqual(
      told(misprinted).filter(([name]) => name === "CreateAppObjectsPublishedApp"),
      [["CreateAppObjectsPublishedApp", "sections-about-objects"]],
    );
    assert.ok(!told(site).some(([, kind]) => kind === "sections-about-objects"));
  });

  it("is told nothing once it is repaired", () => {
    assert.deepEqual(told(repaired), []);
  });
});
