import type { Handler } from "../session.ts";

/** A server, not Qlik Sense Desktop. */
export const isPersonalMode: Handler = { on: "Global", takes: [], run: () => ({ qReturn: false }) };
