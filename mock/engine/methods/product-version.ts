import type { Handler } from "../session.ts";

/** The old form of EngineVersion, which old clients ask first. */
export const productVersion: Handler = { on: "Global", takes: [], run: () => ({ qReturn: "12.2528.0" }) };
