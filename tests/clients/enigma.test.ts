/** enigma.js, unmodified, against the example site: in this process, and against the command the README names. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { RunningMock } from "../../mock/server.ts";
import { asUser, cubeRows, enter, openEnigma, tableRows } from "./enigma-client.ts";
import { apps, listedFor, ordersOf, placeOf, serveExample, tokenFor, type Place } from "./trading.ts";
import { startServe, type Served } from "./serve-child.ts";

const byNumber = (left: readonly unknown[], right: readonly unknown[]): number => Number(left[0]) - Number(right[0]);

async function ordersSeen(place: Place, user: string): Promise<readonly (readonly unknown[])[]> {
  return asUser(place, { token: await tokenFor(place, user), app: apps.orders }, async (global) => {
    const doc = await global.openDoc(apps.orders);
    return [...(await tableRows(doc, "Orders"))].sort(byNumber);
  });
}

async function listed(place: Place, user: string): Promise<readonly string[]> {
  return asUser(place, { token: await tokenFor(place, user), app: "engineData" }, async (global) => {
    const list = await global.getDocList();
    return list.map((entry) => entry.qDocName).sort();
  });
}

async function refusal(place: Place, user: string, app: string): Promise<unknown> {
  const error: unknown = await asUser(place, { token: await tokenFor(place, user), app }, (global) =>
    global.openDoc(app),
  ).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  return typeof error === "object" && error !== null && "code" in error ? error.code : error;
}

describe("enigma.js against the mock", () => {
  let mock: RunningMock;
  let place: Place;

  before(async () => {
    mock = await serveExample();
    place = placeOf(mock);
  });

  after(async () => mock.close());

  it("reads the reduced rows of two users by table (SA-RED-01)", async () => {
    assert.deepEqual(await ordersSeen(place, "ann"), ordersOf["ann"]);
    assert.deepEqual(await ordersSeen(place, "ben"), ordersOf["ben"]);
  });

  it("finds tables, fields and row counts as the user sees them", async () => {
    const found = await asUser(place, { token: await tokenFor(place, "ann"), app: apps.orders }, async (global) => {
      const doc = await global.openDoc(apps.orders);
      const { qtr } = await doc.getTablesAndKeys({ qcx: 100, qcy: 100 }, { qcx: 0, qcy: 0 }, 30, true, false);
      return Object.fromEntries(qtr.map((table) => [table.qName, [table.qNoOfRows, table.qFields.length]]));
    });
    assert.deepEqual(found, { Customers: [2, 2], Orders: [3, 3], Currencies: [2, 2] });
  });

  it("reads the same rows through a hypercube, with patches and without (EN-012)", async () => {
    const token = await tokenFor(place, "ann");
    for (const delta of [true, false]) {
      const rows = await asUser(place, { token, app: apps.orders, delta }, async (global) =>
        cubeRows(await global.openDoc(apps.orders), ["ORDERNO", "CUSTOMER", "AMOUNT"]),
      );
      assert.deepEqual([...rows].sort(byNumber), ordersOf["ann"], `delta ${delta}`);
    }
  });

  it("follows a change of the same layout by patches", async () => {
    const widths = await asUser(place, { token: await tokenFor(place, "ann"), app: apps.orders }, async (global) => {
      const doc = await global.openDoc(apps.orders);
      const first = await cubeRows(doc, ["CUSTOMER"]);
      const second = await cubeRows(doc, ["CUSTOMER", "REGION"]);
      return [first.length, second.map((row) => row[1])];
    });
    assert.deepEqual(widths, [2, ["NORTH", "NORTH"]]);
  });

  it("lists what the rules let each user read (QR-050)", async () => {
    assert.deepEqual(await listed(place, "ann"), listedFor.ann);
    assert.deepEqual(await listed(place, "dan"), listedFor.dan);
    assert.deepEqual(await listed(place, "frank"), listedFor.frank);
  });

  it("gets error 5 where section access or the rules refuse (EN-020)", async () => {
    // Dan owns Payroll, so the rules let him read it; its section access names no group of his.
    assert.equal(await refusal(place, "dan", apps.payroll), 5);
    assert.equal(await refusal(place, "ann", apps.payroll), 5);
  });

  it("hides from Finance the field its OMIT row names (SA-OMT-01)", async () => {
    const rows = await asUser(place, { token: await tokenFor(place, "carla"), app: apps.payroll }, async (global) =>
      tableRows(await global.openDoc(apps.payroll), "Payroll"),
    );
    assert.deepEqual(
      [...rows].sort((left, right) => Number(left[1]) - Number(right[1])),
      [
        ["LEEDS", 3900, 0],
        ["LEEDS", 4100, 300],
        ["BONN", 4600, 500],
      ],
    );
  });

  it("gets no session from an expired token, and no socket without one (IM-036, IM-072)", async () => {
    const entry = await enter(place, await tokenFor(place, "ann", "expired"));
    assert.deepEqual(entry, { status: 401, cookie: undefined, csrf: undefined });
    await assert.rejects(openEnigma(place, apps.orders, entry));
  });

  it("gets no socket with a cookie but another session's CSRF token (IM-072)", async () => {
    const ann = await enter(place, await tokenFor(place, "ann"));
    const ben = await enter(place, await tokenFor(place, "ben"));
    assert.equal(ann.status, 204);
    await assert.rejects(openEnigma(place, apps.orders, { ...ann, csrf: ben.csrf }));
  });
});

describe("enigma.js against the served site", () => {
  let served: Served;

  before(async () => {
    served = await startServe();
  });

  after(async () => served.stop());

  it("logs in, lists and reads through what the command printed", async () => {
    assert.deepEqual(await listed(served.place, "frank"), listedFor.frank);
    assert.deepEqual(await ordersSeen(served.place, "ben"), ordersOf["ben"]);
    assert.equal(await refusal(served.place, "dan", apps.payroll), 5);
  });

  it("prints one JSON object and nothing else, no key in it", () => {
    assert.deepEqual(Object.keys(served.printed).sort(), ["admin", "ca", "prefix", "service", "signingKey", "url"]);
    assert.doesNotMatch(JSON.stringify(served.printed), /BEGIN/);
  });
});
