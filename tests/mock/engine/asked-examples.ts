/** Wrongs of the engine that show only to a client: what is asked, and the answer the documents give. */
import type { EngineSeams } from "../../../mock/engine/seams.ts";
import { identity, openDesk, regionsScript, Wire } from "./trading-desk.ts";

/** What is asked of an engine, and the answer the documents give. */
export interface Asked {
  readonly ask: (seams: EngineSeams) => Promise<unknown>;
  readonly correct: unknown;
}

export const asked: { readonly [defect: string]: Asked } = {
  "cache-ignores-user": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      await new Wire(engine, "ada").ask(-1, "OpenDoc", "plan");
      const ann = new Wire(engine, "ann");
      await ann.ask(-1, "OpenDoc", "plan");
      return await ann.ask(1, "Evaluate", "Count(REGION)");
    },
    correct: { qReturn: "2" },
  },
  "counts-unreduced": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      const ann = new Wire(engine, "ann");
      await ann.ask(-1, "OpenDoc", "plan");
      return [await ann.ask(1, "Evaluate", "Count(REGION)"), await ann.ask(1, "GetTableData", 2, 9, true, "Regions")];
    },
    correct: [{ qReturn: "2" }, { qData: [] }],
  },
  "no-data-refused": {
    ask: async (seams) => await firstAnswer(seams, "carla", ["plan", "", "", "", true]),
    correct: { qReturn: { qType: "Doc", qHandle: 1, qGenericId: "plan" } },
  },
  "lists-every-app": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      return JSON.stringify(await new Wire(engine, "ann").ask(-1, "GetDocList")).includes("secret");
    },
    correct: false,
  },
  "script-at-once": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      const ben = new Wire(engine, "ben");
      await ben.ask(-1, "OpenDoc", "plan");
      await ben.ask(1, "SetScript", regionsScript.replaceAll("TRADING\\BEN", "TRADING\\GUS"));
      return await new Wire(engine, "ben").ask(-1, "OpenDoc", "plan");
    },
    correct: { qReturn: { qType: "Doc", qHandle: 1, qGenericId: "plan" } },
  },
  "path-opens-app": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      return await new Wire(engine, "ann").ask(-1, "GetActiveDoc");
    },
    correct: "error 1007",
  },
  "second-app-opens": {
    ask: async (seams) => await (await opened(seams, "ann")).ask(-1, "OpenDoc", "open"),
    correct: "error 1002",
  },
  "greeting-without-directory": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      return new Wire(engine, "ann").greetings.some((frame) => frame.includes('"userDirectory":"TRADING"'));
    },
    correct: true,
  },
  "global-calls-reach-app": {
    ask: async (seams) => await (await opened(seams, "ann")).ask(-1, "GetAppLayout"),
    correct: "error -32601",
  },
  "unknown-fields-get-handles": {
    ask: async (seams) => await (await opened(seams, "ann")).ask(1, "GetField", "DISTRICT"),
    correct: { qReturn: { qType: null, qHandle: null } },
  },
  "refusals-without-message": {
    ask: async (seams) => (await (await opened(seams, "ann")).call(1, "GetScript")).error?.message,
    correct: "Access denied",
  },
  "one-number-for-errors": {
    ask: async (seams) => {
      const ann = await opened(seams, "ann");
      return [(await ann.frame("{")).error?.code, await ann.ask(-1, "OpenEverything")];
    },
    correct: [-32_700, "error -32601"],
  },
  "no-data-to-anyone": {
    ask: async (seams) => await firstAnswer(seams, "dora", ["plan", "", "", "", true]),
    correct: "error 5",
  },
  "unreadable-app-opens": { ask: async (seams) => await firstAnswer(seams, "ada", ["secret"]), correct: "error 5" },
  "open-doc-name-honoured": {
    ask: async (seams) => await firstAnswer(seams, "carla", ["plan", "TRADING\\ada"]),
    correct: "error 5",
  },
  "script-edited-by-anyone": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      const ann = new Wire(engine, "ann");
      await ann.ask(-1, "OpenDoc", "plan");
      return await ann.ask(1, "SetScript", "");
    },
    correct: "error 5",
  },
  "lockout-untold": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      const ben = new Wire(engine, "ben");
      await ben.ask(-1, "OpenDoc", "plan");
      await ben.ask(1, "SetScript", regionsScript.replaceAll("TRADING\\BEN", "TRADING\\GUS"));
      await ben.ask(1, "DoReload");
      return JSON.stringify(await ben.ask(-1, "GetProgress", 0)).includes('"qMessageCode":30');
    },
    correct: true,
  },
  "task-runs-as-starter": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      return await engine.runTask(identity("ada"), "plan");
    },
    correct: false,
  },
  "section-access-unsaid": {
    ask: async (seams) => (await opened(seams, "ann")).ask(1, "GetAppProperties"),
    correct: { qProp: { qTitle: "The plan", qThumbnail: {}, qHasSectionAccess: true } },
  },
  "export-unreduced": {
    ask: async (seams) => {
      const { engine } = await openDesk({ seams });
      const ann = new Wire(engine, "ann");
      await ann.ask(-1, "OpenDoc", "plan");
      const { qDownloadInfo } = (await ann.ask(1, "ExportReducedData", {})) as { qDownloadInfo: { qUrl: string } };
      const content = engine.download(identity("ann"), qDownloadInfo.qUrl.replace("/tempcontent/", "")) ?? "";
      return [content.includes("Umea"), content.includes("Rome")];
    },
    correct: [true, false],
  },
  "selection-stays": {
    ask: async (seams) => {
      const ada = await opened(seams, "ada");
      const { qReturn } = (await ada.ask(1, "GetField", "REGION")) as { qReturn: { qHandle: number } };
      await ada.ask(qReturn.qHandle, "SelectValues", [{ qText: "SOUTH", qIsNumeric: false }]);
      return await cubeSize(ada, "AMOUNT");
    },
    correct: 1,
  },
  "hub-calls-unanswered": {
    ask: async (seams) => (await opened(seams, "ann")).ask(-1, "GetConfiguration"),
    correct: { qConfig: { qFeatures: {}, qIsLoggedIn: true, qMaxNumberOfValues: 0 } },
  },
  "bad-field-fails-call": { ask: async (seams) => cubeSize(await opened(seams, "ann"), "RUMOURS"), correct: 0 },
  "set-expression-escapes": {
    ask: async (seams) => (await opened(seams, "ann")).ask(1, "Evaluate", "Count({1} REGION)"),
    correct: { qReturn: "2" },
  },
};

async function firstAnswer(seams: EngineSeams, user: string, params: readonly (string | boolean)[]): Promise<unknown> {
  const { engine } = await openDesk({ seams });
  return await new Wire(engine, user).ask(-1, "OpenDoc", ...params);
}

async function opened(seams: EngineSeams, user: string): Promise<Wire> {
  const { engine } = await openDesk({ seams });
  const wire = new Wire(engine, user);
  await wire.ask(-1, "OpenDoc", "plan");
  return wire;
}

/** Rows of a hypercube over one field; the refusal where there is no layout. */
async function cubeSize(wire: Wire, field: string): Promise<unknown> {
  const cube = { qDimensions: [{ qDef: { qFieldDefs: [field] } }], qMeasures: [], qInitialDataFetch: [] };
  const made = await wire.ask(1, "CreateSessionObject", { qInfo: { qType: "table" }, qHyperCubeDef: cube });
  const { qReturn } = made as { qReturn: { qHandle: number } };
  const shown = (await wire.ask(qReturn.qHandle, "GetLayout")) as
    | string
    | { qLayout: { qHyperCube: { qSize: { qcy: number } } } };
  return typeof shown === "string" ? shown : shown.qLayout.qHyperCube.qSize.qcy;
}
