import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as contract from "../../contract/index.ts";

const pinned =
  "Area AreaHeadline Ask Basis CampaignSummary Capability Case CaseSummary Credential " +
  "Datasource DecisionMatrix Deployment Entity ErrorCode ErrorDetails Expected FailureCode " +
  "Finding Json JwtAttack Level Origin Outcome Place Preparation Principal Probe Reason " +
  "ReductionPicture RequestContext Requirement RequirementId RequirementStanding ResourceRef " +
  "RunMeta RunRecord Site SiteApp Source Standing Step Surface Target Value Verdict ViewTable";

const folder = new URL("../../contract/", import.meta.url);

function source(file: string): string {
  return readFileSync(new URL(file, folder), "utf8");
}

function exportedTypes(file: string): string[] {
  return [...source(file).matchAll(/^export (?:type|interface) (\w+)/gm)].map((found) => found[1] ?? "").sort();
}

test("exports these values and no others", () => {
  assert.deepEqual(Object.keys(contract).sort(), [
    "ConformanceError",
    "errorCodes",
    "formatError",
    "formatPlace",
    "isKnownError",
  ]);
});

test("exports these types and no others", () => {
  const names = ["requirements.ts", "types.ts", "run.ts", "errors.ts"].flatMap((file) => exportedTypes(file));
  assert.equal(names.sort().join(" "), pinned);
});

test("gives types and errors without loading zod", () => {
  for (const file of ["index.ts", "requirements.ts", "types.ts", "run.ts", "errors.ts"]) {
    const imports = [...source(file).matchAll(/from "([^"]+)"/g)].map((found) => found[1] ?? "");
    for (const path of imports) assert.match(path, /^\.\/(requirements|types|run|errors)\.ts$/, file);
  }
});
