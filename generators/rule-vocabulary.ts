/**
 * Names that are easy to confuse, since faults hide where nothing looks alike: one id in two directories, ids and groups
 * that begin like others, the same word in other letters, one GUID for things of two types.
 */

export interface Person {
  readonly id: string;
  readonly directory: string;
  readonly userId: string;
  /** Whether the site has a User row of him. */
  readonly known: boolean;
}

function guid(kind: string, index: number): string {
  return `${kind}0a3f2-1b4c-4d5e-8f60-7a8b9c0d1e${index.toString(16).padStart(2, "0")}`;
}

export const people: readonly Person[] = [
  { id: guid("a1b", 1), directory: "CORP", userId: "ann", known: true },
  { id: guid("a1b", 2), directory: "LAB", userId: "ann", known: true },
  { id: guid("a1b", 3), directory: "CORP", userId: "anna", known: true },
  { id: guid("a1b", 4), directory: "CORP", userId: "ben", known: true },
  { id: guid("a1b", 5), directory: "CORPORATE", userId: "ben", known: true },
  // Not anonymous: only the directory NONE makes it so (SR-521).
  { id: guid("a1b", 6), directory: "CORP", userId: "anonymous1", known: true },
  { id: guid("a1b", 7), directory: "TRADING", userId: "carla", known: false },
];

/** The same word means the same under `=`, and another thing under `==`. */
export const groups: readonly string[] = ["Sales", "sales", "SalesNorth", "Sale", "Finance", "FinanceSouth"];
export const regions: readonly string[] = ["NORTH", "north", "NORTHEAST", "SOUTH", "WEST"];
export const departments: readonly string[] = ["Buying", "buying", "Buy", "Stock"];
export const roles: readonly string[] = ["RootAdmin", "ContentAdmin", "AuditAdmin", "Buyer"];
export const thingNames: readonly string[] = ["Sales", "sales", "Sales North", "Margin", "Margin 2", "Orders"];
export const objectTypes: readonly string[] = ["sheet", "story", "measure", "app_appscript", "loadmodel"];
export const connectionTypes: readonly string[] = ["folder", "ODBC"];
export const sectionNames: readonly string[] = [
  "QmcSection_App",
  "QmcSection_App.Object",
  "QmcSection_Stream",
  "QmcSection_Tag",
];

/** Ids by type: the n-th stream and the n-th app share a GUID; objects, connections and tasks have ids of their own. */
export const idKinds: { readonly [type: string]: string } = {
  Stream: "5ee",
  App: "5ee",
  "App.Object": "0b1",
  DataConnection: "dc0",
  ReloadTask: "7a5",
};

export function thingId(type: string, index: number): string {
  return guid(idKinds[type] ?? "fff", index);
}
