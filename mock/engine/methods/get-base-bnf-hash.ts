import type { Handler } from "../session.ts";

/** A hub asks whether the script grammar it keeps is still the engine's (EN-033). */
export const getBaseBnfHash: Handler = { on: "Global", takes: ["qBnfType"], run: () => ({ qBnfHash: "mock" }) };
