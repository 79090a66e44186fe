import type { Handler } from "../session.ts";

/** Name of the product. */
export const qtProduct: Handler = { on: "Global", takes: [], run: () => ({ qReturn: "Qlik Sense" }) };
