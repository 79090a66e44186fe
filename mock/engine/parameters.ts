/** Reading the parameters of a call: by position or name, trailing ones may be missing (EN-010). */
import type { Json } from "../../contract/types.ts";
import { isRecord, type Fields } from "../fields.ts";
import { invalidParams } from "./errors.ts";

export type Parameters = Fields;

/** Positional values under the names the method gives them; surplus values are refused. */
export function namedParameters(names: readonly string[], given: Json | undefined): Parameters {
  if (given === undefined || given === null) return {};
  if (isRecord(given)) return given;
  if (!isList(given)) throw invalidParams("params must be an array or an object");
  if (given.length > names.length) throw invalidParams(`${given.length} parameters where ${names.length} are taken`);
  return Object.fromEntries(given.map((value, index) => [names[index] ?? "", value]));
}

export function textParameter(parameters: Parameters, name: string): string {
  const value = parameters[name] ?? "";
  if (typeof value !== "string") throw invalidParams(`${name} must be a string`);
  return value;
}

export function numberParameter(parameters: Parameters, name: string): number {
  const value = parameters[name] ?? 0;
  if (typeof value !== "number") throw invalidParams(`${name} must be a number`);
  return value;
}

export function flagParameter(parameters: Parameters, name: string): boolean {
  const value = parameters[name] ?? false;
  if (typeof value !== "boolean") throw invalidParams(`${name} must be true or false`);
  return value;
}

export function recordParameter(parameters: Parameters, name: string): Fields {
  const value = parameters[name] ?? {};
  if (!isRecord(value)) throw invalidParams(`${name} must be an object`);
  return value;
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
