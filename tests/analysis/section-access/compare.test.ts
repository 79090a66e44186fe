/** What counts as a row gained, lost or changed, by example. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compare, type ReduceAll, type Side } from "../../../analysis/section-access/compare.ts";
import { gainsOf } from "../../../analysis/section-access/gains.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Principal, Value } from "../../../contract/types.ts";
import { reduce } from "../../../reference/section-access/spec.ts";
import type { Reduction } from "../../../reference/section-access/types.ts";

const reduceAll: ReduceAll = (app, users, dialect) => users.map((who) => reduce(app, who, dialect));
const options = { reduceAll, dialect: dialectOf("documented") };

const ann: Principal = { directory: "CORP", id: "ann", groups: ["Sales"], attributes: {}, session: {} };
const ben: Principal = { ...ann, id: "ben" };

/** Orders by region, in the order ORDERNO, REGION, NOTE; rights in the order ACCESS, USERID, REGION, OMIT. */
function side(
  rights: readonly (readonly string[])[],
  orders: readonly (readonly Value[])[],
  people = [ann, ben],
): Side {
  const access = {
    name: "Access",
    fields: ["ACCESS", "USERID", "REGION", "OMIT"],
    rows: rights,
    inline: rights.map(() => true),
  };
  const app = { name: "Orders", fields: ["ORDERNO", "REGION", "NOTE"], rows: orders, loosened: false };
  return { loaded: { access: [access], app: [app] }, people };
}

const orders = [
  [1, "NORTH", "LATE"],
  [2, "NORTH", "NEW"],
  [3, "SOUTH", "OLD"],
];
function gainsBetween(before: Side, after: Side): readonly (readonly [string, string])[] {
  const { differences } = compare(before, after, options);
  return differences.flatMap((each) => gainsOf(each, "Orders").map(({ user, gain }) => [user, gain] as const));
}

const denyAll: ReduceAll = (_, users) => users.map((): Reduction => ({ access: "denied", because: [] }));

const north = ["USER", "CORP\\ANN", "NORTH", ""];

describe("compare", () => {
  it("tells a row whose other values changed from one that another right lets in", () => {
    const later = [[1, "NORTH", "DONE"], [2, "SOUTH", "NEW"], ...orders.slice(2)];
    const [difference] = compare(
      side([north], orders),
      side([north, ["USER", "CORP\\ANN", "SOUTH", ""]], later),
      options,
    ).differences;
    assert.deepEqual(difference?.tables, [
      {
        table: "Orders",
        fields: ["ORDERNO", "REGION", "NOTE"],
        key: "ORDERNO",
        // Order 2 is of another region now: its values come by a right he had not.
        gained: [
          [2, "SOUTH", "NEW"],
          [3, "SOUTH", "OLD"],
        ],
        lost: [[2, "NORTH", "NEW"]],
        changed: [{ before: [1, "NORTH", "LATE"], after: [1, "NORTH", "DONE"] }],
      },
    ]);
    assert.deepEqual(difference?.values, [{ field: "REGION", gained: ["SOUTH"], lost: [] }]);
  });

  it("recognises no record by a field in which two are equal", () => {
    const twice = [
      [1, "NORTH", "LATE"],
      [1, "NORTH", "LATE"],
    ];
    const later = [
      [1, "NORTH", "LATE"],
      [1, "NORTH", "DONE"],
    ];
    const [table] = compare(side([north], twice), side([north], later), options).differences[0]?.tables ?? [];
    assert.deepEqual(
      [table?.key, table?.gained, table?.lost, table?.changed],
      [undefined, [[1, "NORTH", "DONE"]], [[1, "NORTH", "LATE"]], []],
    );
  });

  it("takes no row for a changed one while a field that reduces it is hidden", () => {
    const hidden = ["USER", "CORP\\ANN", "*", "REGION"];
    const listing = ["USER", "CORP\\CARLA", "NORTH", ""];
    const south = ["USER", "CORP\\CARLA", "SOUTH", ""];
    // Another record has the number 1 now, and a row that lists SOUTH lets Ann see it.
    const later = [[1, "SOUTH", "DONE"], ...orders.slice(1)];
    const before = side([hidden, listing], orders);
    const [table] = compare(before, side([hidden, listing, south], later), options).differences[0]?.tables ?? [];
    assert.deepEqual([table?.fields, table?.key], [["ORDERNO", "NOTE"], undefined]);
    assert.deepEqual(table?.gained, [
      [1, "DONE"],
      [3, "OLD"],
    ]);
  });

  it("takes a changed value for no gain, and an app, a field and rows for one each", () => {
    const hidden = ["USER", "CORP\\ANN", "NORTH", "NOTE"];
    assert.deepEqual(
      gainsBetween(side([north], orders), side([north], [[1, "NORTH", "DONE"], ...orders.slice(1)])),
      [],
    );
    assert.deepEqual(gainsBetween(side([hidden], orders), side([north], orders)), [["CORP\\ann", "field"]]);
    assert.deepEqual(
      gainsBetween(
        side([north], orders),
        side(
          [
            ["USER", "CORP\\ANN", "*", ""],
            ["USER", "*", "SOUTH", ""],
          ],
          orders,
        ),
      ),
      [
        ["CORP\\ann", "rows"],
        ["CORP\\ben", "app"],
      ],
    );
  });

  it("lists who is on one side alone, and nobody who is refused on both", () => {
    const [before, after] = [side([north], orders, [ann]), side([north], orders, [ben])];
    const { differences, onlyBefore, onlyAfter, users } = compare(before, after, options);
    assert.deepEqual(
      differences.map(({ user, access }) => [user, access]),
      [["CORP\\ann", { before: "granted", after: "absent" }]],
    );
    assert.deepEqual([onlyBefore, onlyAfter, users], [["CORP\\ann"], ["CORP\\ben"], 2]);
  });

  it("asks whichever evaluator it is given", () => {
    assert.deepEqual(
      compare(side([north], orders), side([], orders), { ...options, reduceAll: denyAll }).differences,
      [],
    );
    assert.equal(compare(side([north], orders), side([], orders), options).differences.length, 1);
  });
});
