/** Which actions exist for a type: an audit answers no other bits (SR-234, after the recorded matrix of a real server). */
import { actionBits } from "../rules/model.ts";

const everywhere = ["create", "read", "update", "delete"];

const further: { readonly [type: string]: readonly string[] } = {
  App: ["export", "publish", "changeowner", "exportdata", "offlineaccess", "distribute", "duplicate"],
  "App.Object": ["publish", "changeowner", "approve"],
  Stream: ["publish", "changeowner"],
  DataConnection: ["changeowner"],
  ContentLibrary: ["changeowner"],
  Extension: ["changeowner"],
  ReloadTask: ["changeowner"],
  User: ["changerole"],
};

/** The bits of the actions a type has. */
export function maskOf(type: string): number {
  return [...everywhere, ...(further[type] ?? [])].reduce((mask, action) => mask | (actionBits[action] ?? 0), 0);
}
