/** What a step brings along, read from plain data. Throws `input` for what cannot be played. */
import { ConformanceError } from "../../contract/errors.ts";
import type { Json, Principal, Probe, Step, Surface } from "../../contract/types.ts";

export function malformed(step: Step, expected: string): ConformanceError {
  return new ConformanceError("input", `the step ${JSON.stringify(step.do)} of ${step.actor} cannot be played`, {
    expected,
  });
}

const wireSteps: ReadonlySet<string> = new Set(["request", "call", "ticket"]);

/** Whether the probe shows what goes over a wire, of which the reference has none. */
export function needsWire(probe: Probe): boolean {
  return probe.kind === "converse" && probe.steps.some((step) => wireSteps.has(step.do));
}

export function textIn(step: Step, name: string): string {
  const value = step.with[name];
  if (typeof value !== "string") throw malformed(step, `${JSON.stringify(name)} with a text`);
  return value;
}

export function flagIn(step: Step, name: string): boolean {
  const value = step.with[name] ?? false;
  if (typeof value !== "boolean") throw malformed(step, `${JSON.stringify(name)} with true or false`);
  return value;
}

const readable: readonly Surface[] = ["tables", "hypercube", "fields", "counts"];

/** The door an app is looked at through; tables when none is named, and a hypercube when something is selected. */
export function surfaceIn(step: Step): Surface {
  const named = step.with["through"] ?? (step.with["select"] === undefined ? "tables" : "hypercube");
  const found = readable.find((surface) => surface === named);
  if (found === undefined) throw malformed(step, `"through" with one of ${readable.join(", ")}`);
  return found;
}

function isRecord(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isPlain(value: Json): value is string | number {
  return typeof value === "string" || typeof value === "number";
}

function isValues(value: Json): value is readonly (string | number)[] {
  return Array.isArray(value) && value.every(isPlain);
}

/** What is selected before looking: values by field. */
export function selectionIn(step: Step): { readonly [field: string]: readonly (string | number)[] } {
  const value = step.with["select"] ?? {};
  if (!isRecord(value)) throw malformed(step, '"select" with values by field');
  return Object.fromEntries(
    Object.entries(value).map(([field, values]) => {
      if (!isValues(values)) throw malformed(step, `"select" with a list of texts or numbers for ${field}`);
      return [field, values];
    }),
  );
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item: Json) => typeof item === "string");
}

function isTextLists(value: Json | undefined): value is { readonly [name: string]: readonly string[] } {
  return isRecord(value) && Object.values(value).every(isTexts);
}

/** The principal a step names in `as`; undefined when it comes through a virtual proxy instead. */
export function principalIn(step: Step): Principal | undefined {
  const value = step.with["as"];
  if (value === undefined) return undefined;
  if (!isRecord(value)) throw malformed(step, '"as" with a principal');
  const { directory, id, groups, attributes, session } = value;
  const whole = typeof directory === "string" && typeof id === "string" && isTexts(groups);
  if (!whole || !isTextLists(attributes) || !isTextLists(session)) throw malformed(step, '"as" with a principal');
  return { directory, id, groups, attributes, session };
}
