/** Every reading of every switch on the app made to tell its readings apart: the fast evaluator and the specification. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { accessProbes, people } from "../../../analysis/fingerprint/probes.ts";
import { dialectWith, readings } from "../../../catalogue/readings.ts";
import type { Principal } from "../../../contract/types.ts";
import { reload } from "../../../reload/index.ts";
import { reduce } from "../../../reference/section-access/spec.ts";
import type { LoadedApp } from "../../../reload/model.ts";
import { difference } from "./columnar-agreement.ts";

const everybody: readonly Principal[] = Object.values(people);

for (const probe of accessProbes) {
  test(`both read ${probe.about.join(", ") || "its control"} alike in every way: ${probe.id}`, () => {
    const app: LoadedApp = reload(probe.script, { files: (path) => probe.files?.[path] });
    const answers = new Set<string>();
    for (const name of probe.about) {
      for (const reading of readings[name]) {
        const dialect = dialectWith({ [name]: reading });
        const state = { published: probe.published ?? true };
        const setting = { app, users: everybody, dialect, state };
        assert.equal(difference(setting, { questions: true }), undefined, `${name} = ${String(reading)}`);
        answers.add(
          JSON.stringify(
            everybody.map((who) => reduce(app, who, dialect, state)),
            (key, value: unknown) => (key === "because" ? undefined : value),
          ),
        );
      }
    }
    // Some switches show only beside another reading of a second one; their probes say so.
    if (probe.about.length > 0 && probe.depends.length === probe.about.length) {
      assert.ok(answers.size > 1, "no reading answers otherwise than another");
    }
  });
}
