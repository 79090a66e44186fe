import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Json, Value } from "../../../contract/types.ts";
import { evaluateAccess } from "../../../mock/engine/evaluate.ts";
import { reload } from "../../../reload/index.ts";
import { enigmaSession, openDesk, regionsScript, Wire } from "./trading-desk.ts";
import { who } from "./worked-examples.ts";

async function opened(user: string): Promise<Wire> {
  const { engine } = await openDesk();
  const wire = new Wire(engine, user);
  assert.deepEqual(await wire.ask(-1, "OpenDoc", "plan"), {
    qReturn: { qType: "Doc", qHandle: 1, qGenericId: "plan" },
  });
  return wire;
}

describe("opening an app", () => {
  test("greets with who is connected before anything is asked (EN-005)", async () => {
    const { engine } = await openDesk();
    const methods = new Wire(engine, "ann").greetings.map((frame) => (JSON.parse(frame) as { method: string }).method);
    assert.deepEqual(methods, ["OnAuthenticationInformation", "OnConnected"]);
  });

  test("asks for the app, the rules and section access, in this order (EN-020)", async () => {
    const { engine } = await openDesk();
    assert.equal(await new Wire(engine, "ann").ask(-1, "OpenDoc", "nowhere"), "error 1003");
    assert.equal(await new Wire(engine, "ada").ask(-1, "OpenDoc", "secret"), "error 5");
    assert.equal(await new Wire(engine, "carla").ask(-1, "OpenDoc", "plan"), "error 5");
    assert.notEqual(await new Wire(engine, "ann").ask(-1, "OpenDoc", "plan"), "error 5");
  });

  test("takes the session's user, not the one named in OpenDoc (EN-031)", async () => {
    const { engine } = await openDesk();
    assert.equal(await new Wire(engine, "carla").ask(-1, "OpenDoc", "plan", "TRADING\\ada"), "error 5");
  });

  test("opens one app a session", async () => {
    const wire = await opened("ann");
    assert.equal(await wire.ask(-1, "OpenDoc", "plan"), "error 1002");
    assert.deepEqual(await wire.ask(-1, "GetActiveDoc"), { qReturn: { qType: "Doc", qHandle: 1, qGenericId: "plan" } });
  });

  test("opens without data only for one who may edit the script, and shows nothing (EN-030)", async () => {
    const { engine } = await openDesk();
    assert.equal(await new Wire(engine, "dora").ask(-1, "OpenDoc", "plan", "", "", "", true), "error 5");
    const carla = new Wire(engine, "carla");
    await carla.ask(-1, "OpenDoc", "plan", "", "", "", true);
    assert.deepEqual(await carla.ask(1, "GetTablesAndKeys", {}, {}, 0, true, false), { qtr: [], qk: [] });
    const { qLayout } = (await carla.ask(1, "GetAppLayout")) as { qLayout: { [name: string]: Json } };
    assert.deepEqual([qLayout["qIsOpenedWithoutData"], qLayout["qHasData"]], [true, false]);
    assert.deepEqual(await carla.ask(1, "Evaluate", "Count(REGION)"), { qReturn: "-" });
    assert.deepEqual(await carla.ask(1, "GetTableData", 0, 100, true, "Regions"), { qData: [] });
  });

  test("lists readable apps, also one that will refuse to open (EN-032)", async () => {
    const { engine } = await openDesk();
    const { qDocList } = (await new Wire(engine, "carla").ask(-1, "GetDocList")) as { qDocList: { qDocId: string }[] };
    assert.deepEqual(
      qDocList.map((app) => app.qDocId),
      ["plan", "empty"],
    );
  });

  test("tells who is connected", async () => {
    const { engine } = await openDesk();
    const answer = await new Wire(engine, "ann").ask(-1, "GetAuthenticatedUser");
    assert.deepEqual(answer, { qReturn: "UserDirectory=TRADING; UserId=ann" });
  });
});

describe("reading data", () => {
  test("counts and values are those of the user's rows on every surface (EN-041)", async () => {
    const wire = await opened("ann");
    const evaluate = async (expression: string) =>
      ((await wire.ask(1, "Evaluate", expression)) as { qReturn: string }).qReturn;
    const expected = {
      "Count(REGION)": "2",
      "Count(DISTINCT REGION)": "1",
      "=Sum([AMOUNT])": "30",
      "Sum({1} TOTAL AMOUNT)": "30",
      "Min(AMOUNT)": "10",
      "Max(AMOUNT)": "20",
      "Concat(DISTINCT CITY, ',')": "Umea",
      "Count(NOWHERE)": "-",
    };
    for (const [expression, value] of Object.entries(expected))
      assert.equal(await evaluate(expression), value, expression);
    const { qtr } = (await wire.ask(1, "GetTablesAndKeys", {}, {}, 0, true, false)) as { qtr: { qNoOfRows: number }[] };
    assert.deepEqual(
      qtr.map((table) => table.qNoOfRows),
      [2, 2],
    );
  });

  test("an omitted field does not exist on any surface (EN-042)", async () => {
    const wire = await opened("ben");
    assert.deepEqual(await wire.ask(1, "GetField", "MARGIN"), { qReturn: { qType: null, qHandle: null } });
    assert.equal(await wire.ask(1, "GetFieldDescription", "MARGIN"), "error 2");
    assert.deepEqual(await wire.ask(1, "Evaluate", "Count(MARGIN)"), { qReturn: "-" });
    const all = JSON.stringify([
      await wire.ask(1, "GetTablesAndKeys", {}, {}, 0, true, false),
      await layout(wire, { qFieldListDef: {} }),
    ]);
    assert.doesNotMatch(all, /MARGIN/);
    const cube = await layout(wire, { qHyperCubeDef: { qDimensions: [dimension("MARGIN")] } });
    assert.match(JSON.stringify(cube), /"qErrorCode":7000/);
    assert.match(JSON.stringify(cube), /"qSize":\{"qcx":1,"qcy":0\}/);
  });

  test("a hypercube gives distinct rows with measures, a list distinct values", async () => {
    const wire = await opened("ada");
    const initial = [{ qLeft: 0, qTop: 0, qWidth: 3, qHeight: 100 }];
    const cube = {
      qDimensions: [dimension("REGION"), dimension("CITY")],
      qMeasures: [{ qDef: { qDef: "Sum(MARGIN)" } }],
      qInitialDataFetch: initial,
    };
    assert.deepEqual(texts(await layout(wire, { qHyperCubeDef: cube })), [
      ["NORTH", "Umea", "10"],
      ["SOUTH", "Rome", "7"],
      ["WEST", "Brest", "9"],
    ]);
    const across = {
      qDimensions: [dimension("REGION")],
      qMeasures: [{ qDef: { qDef: "Max(AMOUNT)" } }],
      qInitialDataFetch: initial,
    };
    assert.deepEqual(texts(await layout(wire, { qHyperCubeDef: across })), [
      ["NORTH", "20"],
      ["SOUTH", "30"],
      ["WEST", "40"],
    ]);
    const list = { qDef: { qFieldDefs: ["[CITY]"] }, qInitialDataFetch: initial };
    assert.deepEqual(texts(await layout(wire, { qListObjectDef: list })), [["Umea"], ["Rome"], ["Brest"]]);
  });

  test("a request for more than 10,000 cells is refused", async () => {
    const wire = await opened("ada");
    const { qReturn } = (await wire.ask(1, "CreateSessionObject", {
      qInfo: { qType: "cube" },
      qHyperCubeDef: { qDimensions: [dimension("REGION")] },
    })) as { qReturn: { qHandle: number } };
    assert.equal(await wire.ask(qReturn.qHandle, "GetHyperCubeData", "/qHyperCubeDef", tallPage(10_001)), "error 7009");
    assert.notEqual(
      await wire.ask(qReturn.qHandle, "GetHyperCubeData", "/qHyperCubeDef", tallPage(10_000)),
      "error 7009",
    );
  });

  test("a search finds only values the user has", async () => {
    const wire = await opened("ann");
    const { qReturn } = (await wire.ask(1, "CreateSessionObject", {
      qInfo: { qType: "list" },
      qListObjectDef: {
        qDef: { qFieldDefs: ["CITY"] },
        qInitialDataFetch: [{ qLeft: 0, qTop: 0, qWidth: 1, qHeight: 9 }],
      },
    })) as { qReturn: { qHandle: number } };
    const found = async (match: string) => {
      await wire.ask(qReturn.qHandle, "SearchListObjectFor", "/qListObjectDef", match);
      return texts(((await wire.ask(qReturn.qHandle, "GetLayout")) as { qLayout: Json }).qLayout);
    };
    assert.deepEqual(await found("u*a"), [["Umea"]]);
    assert.deepEqual(await found("Rome"), []);
  });
});

describe("frames", () => {
  const frames: readonly [string, string, number][] = [
    ["no JSON", "{", -32700],
    ["an empty frame", "", -32700],
    ["a list", "[]", -32600],
    ["a text", '"OpenDoc"', -32600],
    ["no method", '{"id":1,"handle":-1}', -32600],
    ["a handle that is no number", '{"id":1,"handle":"x","method":"OpenDoc"}', -32600],
    ["an unknown method", '{"id":1,"handle":-1,"method":"Reboot","params":[]}', -32601],
    ["a method of Object.prototype", '{"id":1,"handle":-1,"method":"constructor","params":[]}', -32601],
    ["a document method on Global", '{"id":1,"handle":-1,"method":"GetScript","params":[]}', -32601],
    ["a handle nobody has", '{"id":1,"handle":7,"method":"GetScript","params":[]}', -32602],
    ["params of a wrong type", '{"id":1,"handle":-1,"method":"OpenDoc","params":[5]}', -32602],
    ["params that are no list", '{"id":1,"handle":-1,"method":"OpenDoc","params":5}', -32602],
  ];
  for (const [title, frame, code] of frames) {
    test(`${title} is answered ${code}`, async () => {
      const { engine } = await openDesk();
      const reply = await new Wire(engine, "ann").frame(frame);
      assert.equal(reply.error?.code, code);
    });
  }

  test("named params are taken like positional ones", async () => {
    const { engine } = await openDesk();
    const frame = JSON.stringify({ id: 9, handle: -1, method: "OpenDoc", params: { qDocName: "plan" } });
    const reply = await new Wire(engine, "ann").frame(frame);
    assert.deepEqual([reply.id, reply.error], [9, undefined]);
  });
});

describe("a real client", () => {
  test("enigma.js opens, reads its user's rows, and meets code 5 as another", async () => {
    const { engine } = await openDesk();
    const doc = await (await enigmaSession(engine, "ben"))["openDoc"]?.("plan");
    const rows: { qValue: { qText: string }[] }[] = await doc.getTableData(0, 100, true, "Regions");
    assert.deepEqual(
      rows.map((row) => row.qValue.map((cell) => cell.qText)),
      [["SOUTH", "Rome"]],
    );
    assert.equal(await doc.evaluate("Sum(AMOUNT)"), "30");
    const object = await doc.createSessionObject({
      qInfo: { qType: "cube" },
      qHyperCubeDef: {
        qDimensions: [dimension("CITY")],
        qInitialDataFetch: [{ qTop: 0, qLeft: 0, qWidth: 1, qHeight: 5 }],
      },
    });
    assert.deepEqual(texts(await object.getLayout()), [["Rome"]]);
    await assert.rejects(doc.getField("MARGIN"), { code: -2 });
    const carla = await enigmaSession(engine, "carla");
    await assert.rejects(async () => carla["openDoc"]?.("plan"), { code: 5 });
  });
});

test("rows served over the protocol are those evaluateAccess gives", async () => {
  const app = reload(regionsScript);
  for (const user of ["ada", "ann", "ben"]) {
    const [answer] = await evaluateAccess([{ app, who: who(`TRADING\\${user}`) }], dialectOf("documented"));
    assert.ok(answer?.access === "granted");
    const wire = await opened(user);
    for (const table of answer.tables) {
      const { qData } = (await wire.ask(1, "GetTableData", 0, 100, true, table.name)) as {
        qData: { qValue: { qText: string; qIsNumeric: boolean; qNumber: number }[] }[];
      };
      const served = qData.map((row) => row.qValue.map((cell): Value => (cell.qIsNumeric ? cell.qNumber : cell.qText)));
      assert.deepEqual(served, table.rows, `${user} ${table.name}`);
    }
  }
});

function tallPage(qHeight: number): Json {
  return [{ qLeft: 0, qTop: 0, qWidth: 1, qHeight }];
}

function dimension(field: string): Json {
  return { qDef: { qFieldDefs: [field] } };
}

async function layout(wire: Wire, properties: { readonly [name: string]: Json }): Promise<Json> {
  const { qReturn } = (await wire.ask(1, "CreateSessionObject", { qInfo: { qType: "object" }, ...properties })) as {
    qReturn: { qHandle: number };
  };
  return ((await wire.ask(qReturn.qHandle, "GetLayout")) as { qLayout: Json }).qLayout;
}

/** Texts of the first data page of a hypercube or list. */
function texts(of: Json): string[][] {
  const { qHyperCube, qListObject } = of as {
    readonly [part in "qHyperCube" | "qListObject"]?: { qDataPages: { qMatrix: { qText: string }[][] }[] };
  };
  const pages = (qHyperCube ?? qListObject)?.qDataPages ?? [];
  return pages.flatMap((page) => page.qMatrix.map((row) => row.map((cell) => cell.qText)));
}
