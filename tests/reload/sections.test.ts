import assert from "node:assert/strict";
import { test } from "node:test";

import { reload } from "../../reload/index.ts";
import { errorOf } from "./loaded.ts";

const rights = "LOAD * INLINE [ACCESS,USERID\nUSER,CORP\\ann\n];";

test("SA-SCR-01 loads into section access until the next section statement", () => {
  const { access, app } = reload(`Section Access; A: ${rights} Section Application; B: ${rights}`);
  assert.deepEqual([access?.map(({ name }) => name), app.map(({ name }) => name)], [["A"], ["B"]]);
});

test("SA-SCR-02 gives no access tables without an access section, and none in an empty one", () => {
  assert.equal(reload(rights).access, undefined);
  assert.deepEqual(reload(`Section Access; Section Application; ${rights}`).access, []);
});

test("SA-SCR-05 reads a table of the other section when this one has none of that name", () => {
  const { access } = reload(`T: ${rights} Section Access; S: LOAD * RESIDENT T; Section Application; DROP TABLE T;`);
  assert.deepEqual(access, [
    { name: "S", fields: ["ACCESS", "USERID"], rows: [["USER", "CORP\\ann"]], inline: [false] },
  ]);
});

test("SA-SCR-05 lets both sections have a table of one name, each seeing its own", () => {
  const script =
    "T: LOAD 1 AS A AUTOGENERATE 1; Section Access; T: LOAD 2 AS A AUTOGENERATE 1; U: LOAD A AS B RESIDENT T;";
  const { access, app } = reload(script);
  assert.deepEqual(
    access?.map(({ name, rows }) => [name, rows]),
    [
      ["T", [[2]]],
      ["U", [[2]]],
    ],
  );
  assert.deepEqual(app[0]?.rows, [[1]]);
});

test("SA-CASE-01 leaves letter case, stars and texts of section access as they were loaded", () => {
  const { access } = reload("Section Access; LOAD * INLINE [Access,Region\nuser,*\n];");
  assert.deepEqual(access?.[0]?.rows, [["user", "*"]]);
});

test("SA-CASE-02 tells which rows came from inline data", () => {
  const script =
    "Section Access; A: LOAD * INLINE [ACCESS\nUSER\n]; CONCATENATE (A) LOAD 'ADMIN' AS ACCESS AUTOGENERATE 1;";
  assert.deepEqual(reload(script).access?.[0]?.inline, [true, false]);
  const stacked = "Section Access; A: LOAD Upper(ACCESS) AS ACCESS; LOAD * INLINE [ACCESS\nUSER\n];";
  assert.deepEqual(reload(stacked).access?.[0]?.inline, [true]);
});

test("LS-CTL-02 stops at EXIT SCRIPT and passes over TRACE", () => {
  assert.deepEqual(reload(`TRACE it's loaded; A: ${rights} EXIT SCRIPT; Section Access;`).access, undefined);
});

test("says that a section is unknown", () => {
  assert.equal(errorOf("Section Rights;").code, "script-syntax");
});
