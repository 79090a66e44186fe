/** Wrongs of the engine that show only to a client: what is asked, and the answer the documents give. */
import type { EngineSeams } from "../../../mock/engine/seams.ts";
import { openDesk, regionsScript, Wire } from "./trading-desk.ts";

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
};

async function firstAnswer(seams: EngineSeams, user: string, params: readonly (string | boolean)[]): Promise<unknown> {
  const { engine } = await openDesk({ seams });
  return await new Wire(engine, user).ask(-1, "OpenDoc", ...params);
}
