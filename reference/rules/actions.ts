/** Action bits of a rule (catalogue §4.4, SR-231). */
export const actionBits = {
  create: 1,
  read: 2,
  update: 4,
  delete: 8,
  export: 16,
  publish: 32,
  changeowner: 64,
  changerole: 128,
  exportdata: 256,
  offlineaccess: 512,
  distribute: 1024,
  duplicate: 2048,
  approve: 4096,
} as const;

export type ActionName = keyof typeof actionBits;

/** Bit 1 of rules of the other categories, by the names it has there, and the category each asks (SR-134, SR-235). */
export const categoryActions = { allowaccess: "License", loadbalancing: "Sync" } as const;

export type CategoryAction = keyof typeof categoryActions;

/** All that can be asked: an action on a resource, access to the product, an app on a node. */
export type AskedAction = ActionName | CategoryAction;

function isCategoryAction(name: string): name is CategoryAction {
  return Object.hasOwn(categoryActions, name);
}

/** What is asked by a name in any letter case. */
export function askedAction(name: string): AskedAction | undefined {
  const lower = name.toLowerCase();
  return isCategoryAction(lower) ? lower : actionNamed(lower);
}

/** The category of rules that answer. */
export function categoryOf(action: AskedAction): "Security" | (typeof categoryActions)[CategoryAction] {
  return isCategoryAction(action) ? categoryActions[action] : "Security";
}

export function bitOf(action: AskedAction): number {
  return isCategoryAction(action) ? 1 : actionBits[action];
}

/** The action of an API string in any letter case (SR-238). */
export function actionNamed(name: string): ActionName | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(actionBits, lower) ? (lower as ActionName) : undefined;
}
