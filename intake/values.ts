/** Attributes as they are listed, by name. */

export type NamedValue = readonly [name: string, value: string];

/** Several values a name; a name may be one every object has, such as `constructor`. */
export function valuesByName(pairs: readonly NamedValue[]): { readonly [name: string]: readonly string[] } {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  return Object.fromEntries(values);
}
