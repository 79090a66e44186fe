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

/** The action of an API string in any letter case (SR-238). */
export function actionNamed(name: string): ActionName | undefined {
  const lower = name.toLowerCase();
  return Object.hasOwn(actionBits, lower) ? (lower as ActionName) : undefined;
}
