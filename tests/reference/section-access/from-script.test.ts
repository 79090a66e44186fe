/** From the load script of the help to what each user sees: reload and reduction together. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { reload } from "../../../reload/index.ts";
import { person, sees } from "./fixtures.ts";

test("WE-1 from the script of the help", () => {
  const loaded = reload(`
    Section Access;
    LOAD * INLINE [
      ACCESS, USERID, REDUCTION, OMIT
      USER, AD_DOMAIN\\ADMIN, *,
      USER, AD_DOMAIN\\A, 1,
      USER, AD_DOMAIN\\B, 2, NUM
      USER, AD_DOMAIN\\C, 3, ALPHA
      USER, INTERNAL\\SA_SCHEDULER, *,
    ];
    Section Application;
    T1: LOAD *, NUM AS REDUCTION;
    LOAD Chr(RecNo()+Ord('A')-1) AS ALPHA, RecNo() AS NUM AUTOGENERATE 3;`);
  assert.deepEqual(sees(loaded, person("AD_DOMAIN\\B")), { "T1(ALPHA,REDUCTION)": ["B,2"] });
  assert.deepEqual(sees(loaded, person("AD_DOMAIN\\ADMIN")), {
    "T1(ALPHA,NUM,REDUCTION)": ["A,1,1", "B,2,2", "C,3,3"],
  });
  assert.equal(sees(loaded, person("AD_DOMAIN\\D")), "denied");
});
