import type { Handler } from "../session.ts";

/** The system a client-managed engine runs on. */
export const osName: Handler = { on: "Global", takes: [], run: () => ({ qReturn: "Windows" }) };
