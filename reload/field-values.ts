/** Values on their way into a field: blanks, letter case, maps, NULL, the first text of a number (LS-VAL-01, LS-VAL-05). */
import type { Value } from "../contract/types.ts";
import { capitalized } from "./functions/texts.ts";
import { globMatches } from "./glob.ts";
import { mappingKey } from "./record-functions.ts";
import { isVerbatim } from "./sources.ts";
import { intern } from "./state.ts";
import type { Domain, State, Toggle } from "./state.ts";
import { dual, stripped, textOf } from "./values.ts";

/** Whether the last toggle whose pattern fits a field is on. */
export function isOn(toggles: readonly Toggle[], field: string): boolean {
  return toggles.findLast(({ pattern }) => globMatches(pattern, field))?.on ?? false;
}

type Change = (value: Value) => Value;

/** FORCE changes the texts of values, not in section access (LS-MOD-09). */
function forced(state: State): Change | undefined {
  const { force } = state;
  if (force === "mixed" || state.section === "access") return undefined;
  const change = {
    upper: (text: string) => text.toUpperCase(),
    lower: (text: string) => text.toLowerCase(),
    capitalization: capitalized,
  }[force];
  return (value) => {
    if (typeof value === "string") return change(value);
    return typeof value === "object" && value !== null ? dual(value.n, change(value.t)) : value;
  };
}

/** The map MAP … USING names for a field, in force at the load (LS-MOD-07). */
function mapOf(state: State, field: string): ReadonlyMap<string, Value> | undefined {
  const found = state.mapped.findLast(({ pattern }) => globMatches(pattern, field));
  return found?.map === undefined ? undefined : state.mappings.get(found.map);
}

/** Notes the symbol of OtherSymbol where a field's values have it; section access knows none (LS-MOD-10). */
function noteOthers(state: State, field: string): Change | undefined {
  const symbol = textOf(state.variables.get("OtherSymbol") ?? null);
  if (symbol === undefined || symbol === "" || state.section === "access") return undefined;
  return (value) => {
    if (value === symbol) {
      const known = state.otherSymbols.get(field) ?? new Set();
      state.otherSymbols.set(field, known.add(symbol));
    }
    return value;
  };
}

/** How values of a field are kept in its section. */
function keeping(state: State, domain: Domain, field: string): Change {
  const changes: Change[] = isVerbatim(state) ? [] : [stripped];
  const map = mapOf(state, field);
  if (map !== undefined) changes.push((value) => map.get(mappingKey(value)) ?? value);
  for (const change of [forced(state), noteOthers(state, field)]) if (change !== undefined) changes.push(change);
  if (isOn(state.nullAsValue, field)) {
    const nullValue = textOf(state.variables.get("NullValue") ?? null) ?? "";
    changes.push((value) => value ?? nullValue);
  }
  const [first, ...others] = changes;
  if (first === undefined) return (value) => intern(domain, field, value);
  if (others.length === 0) return (value) => intern(domain, field, first(value));
  return (value) => {
    let kept = first(value);
    for (const change of others) kept = change(kept);
    return intern(domain, field, kept);
  };
}

/** Values as a table of the section keeps them, by the column they stand in. */
export function storing(
  state: State,
  domain: Domain,
  names: readonly string[],
): (value: Value, column: number) => Value {
  const columns = names.map((name) => keeping(state, domain, name));
  return (value, column) => columns[column]?.(value) ?? null;
}
