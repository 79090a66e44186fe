/** Which actions exist for a type of resource (SR-234, inferred from the recorded audit matrix of a real server). */

const everywhere: readonly string[] = ["create", "read", "update", "delete"];

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

/** API strings of the actions an audit tells of a type; of other actions it answers no bits. */
export function actionsOf(type: string): readonly string[] {
  return [...everywhere, ...(Object.hasOwn(further, type) ? (further[type] ?? []) : [])];
}
