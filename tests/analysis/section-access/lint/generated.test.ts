/** On generated rights, with all that is disputed in them and under every dialect, findings agree with the reduction. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lint } from "../../../../analysis/section-access/lint/lint.ts";
import { dialectNames, dialectOf } from "../../../../catalogue/dialects.ts";
import { randomAccessWorld } from "../../../../generators/section-access.ts";
import { reduce } from "../../../../reference/section-access/spec.ts";
import { reload } from "../../../../reload/index.ts";

describe("lint on generated rights", () => {
  it("calls locked out only who is refused, and says where", () => {
    let [locked, placed] = [0, 0];
    for (let index = 0; index < 48; index += 1) {
      const { script, files, principals } = randomAccessWorld(61, index, {
        disputed: index % 2 === 0,
        maxTables: 2,
        maxRows: 4,
      });
      const dialect = dialectOf(dialectNames[index % dialectNames.length] ?? "documented");
      const source = { script, file: "orders.qvs", files: (path: string) => files[path] };
      const loaded = reload(script, source);
      const findings = lint(source, loaded, principals, dialect);
      placed += findings.filter(({ place }) => place?.line !== undefined).length;
      const told = new Set(findings.flatMap(({ rule, users }) => (rule === "locked-out" ? (users ?? []) : [])));
      for (const who of principals.filter(({ directory, id }) => told.has(`${directory}\\${id}`))) {
        locked += 1;
        assert.equal(reduce(loaded, who, dialect).access, "denied", `${index}: ${who.directory}\\${who.id}`);
      }
    }
    assert.ok(locked > 2 && placed > 30, `${locked} locked out, ${placed} findings with a line`);
  });
});
