import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { openDesk, regionsScript, Wire } from "./trading-desk.ts";

async function opened(user: string): Promise<Wire> {
  const { engine } = await openDesk();
  const wire = new Wire(engine, user);
  await wire.ask(-1, "OpenDoc", "plan");
  return wire;
}

describe("changing an app", () => {
  const locked = regionsScript.replaceAll("TRADING\\BEN", "TRADING\\GUS");

  test("refuses the script to one without update right (EN-034)", async () => {
    const wire = await opened("ann");
    assert.equal(await wire.ask(1, "SetScript", "x"), "error 5");
    assert.equal(await wire.ask(1, "GetScript"), "error 5");
    assert.equal(await wire.ask(1, "DoReload"), "error 5");
    assert.deepEqual(await wire.ask(1, "DoSave"), {});
  });

  test("a new script takes effect with the reload, also for the one who locks himself out (SA-LIF-03)", async () => {
    const { engine } = await openDesk();
    const ben = new Wire(engine, "ben");
    await ben.ask(-1, "OpenDoc", "plan");
    await ben.ask(1, "SetScript", locked);
    assert.notEqual(await new Wire(engine, "ben").ask(-1, "OpenDoc", "plan"), "error 5");
    assert.deepEqual(await ben.ask(1, "DoReload"), { qReturn: true });
    assert.match(JSON.stringify(await ben.ask(-1, "GetProgress", 0)), /Access was denied after reload/);
    assert.deepEqual(await ben.ask(1, "GetTablesAndKeys", {}, {}, 0, true, false), { qtr: [], qk: [] });
    assert.equal(await new Wire(engine, "ben").ask(-1, "OpenDoc", "plan"), "error 5");
  });

  test("a script with a mistake leaves the data as they were", async () => {
    const { engine } = await openDesk();
    const ada = new Wire(engine, "ada");
    await ada.ask(-1, "OpenDoc", "plan");
    await ada.ask(1, "SetScript", "LOAD FROM WHERE");
    assert.deepEqual(await ada.ask(1, "DoReload"), { qReturn: false });
    assert.deepEqual(await ada.ask(1, "Evaluate", "Count(REGION)"), { qReturn: "4" });
  });

  test("section access waits for publishing where a reload does not apply it (SA-LIF-02)", async () => {
    const { engine } = await openDesk({ dialect: { publishedRequired: true, reloadApplies: false } });
    const ada = new Wire(engine, "ada");
    assert.notEqual(await new Wire(engine, "carla").ask(-1, "OpenDoc", "plan"), "error 5");
    await ada.ask(-1, "OpenDoc", "plan");
    assert.deepEqual(await ada.ask(1, "Publish", "sales", "The plan"), {});
    assert.equal(await new Wire(engine, "carla").ask(-1, "OpenDoc", "plan"), "error 5");
    await ada.ask(1, "SetScript", locked);
    await ada.ask(1, "DoReload");
    assert.notEqual(await new Wire(engine, "ben").ask(-1, "OpenDoc", "plan"), "error 5");
    await ada.ask(1, "Publish", "sales", "");
    assert.equal(await new Wire(engine, "ben").ask(-1, "OpenDoc", "plan"), "error 5");
  });

  test("creates an app that reads an attached file, and deletes it", async () => {
    const { engine } = await openDesk();
    const ada = new Wire(engine, "ada");
    assert.equal(await new Wire(engine, "ben").ask(-1, "CreateApp", "Stock"), "error 5");
    const { qAppId } = (await ada.ask(-1, "CreateApp", "Stock")) as { qAppId: string };
    assert.equal(qAppId, "app of Stock");
    engine.attach(qAppId, "stock.csv", "ITEM,PIECES\nrope,3\nsail,4\n");
    await engine.install(
      qAppId,
      "Stock: LOAD * FROM [lib://AttachedFiles/stock.csv] (txt, utf8, embedded labels);",
      {},
    );
    await ada.ask(-1, "OpenDoc", qAppId);
    assert.deepEqual(await ada.ask(1, "Evaluate", "Sum(PIECES)"), { qReturn: "7" });
    assert.equal(await ada.ask(-1, "DeleteApp", "plan"), "error 5");
  });

  test("an app dropped and installed again shows its new data", async () => {
    const { engine } = await openDesk();
    const count = async () => {
      const wire = new Wire(engine, "ann");
      await wire.ask(-1, "OpenDoc", "plan");
      return await wire.ask(1, "Evaluate", "Count(REGION)");
    };
    assert.deepEqual(await count(), { qReturn: "2" });
    await engine.drop("plan");
    await engine.install("plan", regionsScript.replace("WEST, Brest", "NORTH, Brest"), {});
    assert.deepEqual(await count(), { qReturn: "3" });
  });
});
