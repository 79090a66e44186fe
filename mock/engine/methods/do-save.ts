import type { Handler } from "../session.ts";

/** Succeeds also where nothing may be written: a save is no proof of a write (EN-034). */
export const doSave: Handler = { on: "Doc", takes: ["qFileName"], run: () => ({}) };
