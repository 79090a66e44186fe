import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "node:test";
import { answered, folder, said } from "./command.ts";

interface Counted {
  readonly user: string;
  readonly access: string;
  readonly rows?: { readonly [table: string]: number };
  readonly tables?: object;
  readonly because: readonly object[];
}

const countedScript = `Section Access;
Access: LOAD * INLINE [
ACCESS, USERID, REGION
USER, CORP\\ann, NORTH
USER, CORP\\ben, WEST
];
Section Application;
Customers: LOAD * INLINE [
CUSTOMER, REGION
1, NORTH
2, SOUTH
];
Orders: LOAD * INLINE [
CUSTOMER, ORDER
1, 10
1, 11
2, 20
];
`;

describe("reduce --counts", () => {
  it("counts the rows of each table instead of printing them, as text and as JSON", async () => {
    const script = join(folder({ "app.qvs": countedScript }), "app.qvs");
    const words = ["--script", script, "--user", "CORP\\ann", "--user", "CORP\\ben", "--counts"];
    const answers = (await answered("reduce", ...words)) as readonly Counted[];
    assert.deepEqual(
      answers.map(({ user, access, rows, tables }) => [user, access, rows, tables]),
      [
        ["CORP\\ann", "granted", { Customers: 1, Orders: 2 }, undefined],
        ["CORP\\ben", "denied", undefined, undefined],
      ],
    );
    assert.ok(answers.every(({ because }) => because.length > 0));
    const { stdout } = await said("reduce", ...words);
    assert.match(stdout, /CORP\\ann {2}access granted \(USER\)\n {2}Customers: 1 row\n {2}Orders: 2 rows\n/);
    assert.match(stdout, /CORP\\ben {2}access denied/);
  });
});
