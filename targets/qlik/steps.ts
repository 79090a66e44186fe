/** What a step of a conversation brings along. */
import type { Json, Principal, Step, Surface } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import { surfaces } from "./read.ts";

function unusable(step: Step, name: string): TargetFault {
  return new TargetFault("malformed", `step "${step.do}" has no usable "${name}"`);
}

export function textIn(step: Step, name: string): string {
  const value = step.with[name];
  if (typeof value !== "string") throw new TargetFault("malformed", `step "${step.do}" lacks "${name}"`);
  return value;
}

export function flagIn(step: Step, name: string): boolean {
  return step.with[name] === true;
}

export function surfaceIn(step: Step): Surface {
  const named = step.with["through"] ?? (step.with["select"] === undefined ? "tables" : "hypercube");
  const found = surfaces.find((surface) => surface === named);
  if (found === undefined) throw unusable(step, "through");
  return found;
}

export function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isPlain(value: Json): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

export function selectionIn(step: Step): { readonly [field: string]: readonly (string | number)[] } {
  const value = step.with["select"] ?? {};
  if (!isObject(value)) throw unusable(step, "select");
  return Object.fromEntries(
    Object.entries(value).map(([field, values]) => [field, isList(values) ? values.filter(isPlain) : []]),
  );
}

function textsOf(value: Json | undefined): readonly string[] {
  return isList(value) ? value.filter((item) => typeof item === "string") : [];
}

function textLists(value: Json | undefined): { readonly [name: string]: readonly string[] } {
  return isObject(value) ? Object.fromEntries(Object.entries(value).map(([name, list]) => [name, textsOf(list)])) : {};
}

/** The principal a step names in `as`; undefined when it comes from its actor's browser instead. */
export function principalIn(step: Step): Principal | undefined {
  const value = step.with["as"];
  if (value === undefined) return undefined;
  if (!isObject(value)) throw unusable(step, "as");
  const { directory, id, groups, attributes, session } = value;
  if (typeof directory !== "string" || typeof id !== "string") throw unusable(step, "as");
  return { directory, id, groups: textsOf(groups), attributes: textLists(attributes), session: textLists(session) };
}
