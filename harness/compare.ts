/** Whether an observed outcome is the expected one, and if not, what differs. */
import type { Json, Outcome } from "../contract/types.ts";
import { measureDifferences, viewDifferences, without, type Difference } from "./compare-views.ts";
import { byText, showText } from "./values.ts";

/** Codes with which an engine says "access denied" (EN-021); 5 is the preferred one. */
export const engineDenials: ReadonlySet<number> = new Set([5, 401, 403, 1003, 1008, 3000, 4000]);

type Found = Generator<Difference, void>;
type Of<K extends Outcome["kind"]> = Extract<Outcome, { kind: K }>;

const refusers = { proxy: "the proxy", repository: "the repository", engine: "the engine" } as const;

/** An outcome in a few words, without its data. */
export function describe(outcome: Outcome): string {
  switch (outcome.kind) {
    case "view":
      return `a view of ${outcome.fields.length} fields and ${outcome.tables.length} tables`;
    case "measure":
      return `measures of ${Object.keys(outcome.values).length} expressions`;
    case "without-data":
      return "the app without data";
    case "refused":
      return `a refusal by ${refusers[outcome.by]} (${outcome.code})`;
    case "decision":
      return outcome.allowed ? "allowed" : "denied";
    case "session":
      return outcome.id === "" ? "no session" : `a session of ${showText(`${outcome.directory}\\${outcome.id}`)}`;
    case "transcript":
      return `a transcript of ${outcome.of.length} steps`;
    case "undetermined":
      return `no answer (${outcome.code})`;
  }
}

const opening: ReadonlySet<Outcome["kind"]> = new Set(["view", "measure", "without-data", "session"]);

function* otherKind(expected: Outcome, observed: Outcome): Found {
  const text = `expected ${describe(expected)}, observed ${describe(observed)}`;
  if (expected.kind === "refused" && opening.has(observed.kind)) yield { code: "opened-though-refused", text };
  else if (observed.kind === "refused" && opening.has(expected.kind)) yield { code: "refused-though-opened", text };
  else yield { code: "other-kind", text };
}

function* refusalDifferences(expected: Of<"refused">, observed: Of<"refused">): Found {
  const text = `expected ${describe(expected)}, observed ${describe(observed)}`;
  if (expected.by !== observed.by) yield { code: "other-refuser", text };
  else if (expected.code !== observed.code && !bothDenials(expected, observed)) yield { code: "other-code", text };
}

function bothDenials(expected: Of<"refused">, observed: Of<"refused">): boolean {
  return expected.by === "engine" && engineDenials.has(expected.code) && engineDenials.has(observed.code);
}

function* decisionDifferences(expected: Of<"decision">, observed: Of<"decision">): Found {
  if (expected.allowed !== observed.allowed) {
    const code = observed.allowed ? "allowed-though-denied" : "denied-though-allowed";
    yield { code, text: `expected ${describe(expected)}, observed ${describe(observed)}` };
  }
  if (observed.broken === undefined || expected.broken === undefined) return;
  const more = without(observed.broken, expected.broken);
  const fewer = without(expected.broken, observed.broken);
  if (more.length > 0)
    yield { code: "broken-rules", text: `rule reported as broken: ${more.map(showText).join(", ")}` };
  if (fewer.length > 0)
    yield { code: "broken-rules", text: `broken rule not reported: ${fewer.map(showText).join(", ")}` };
}

/** Objects by key in any order, lists as sets. */
function jsonKey(value: Json): string {
  if (Array.isArray(value)) return `[${[...new Set(value.map(jsonKey))].toSorted(byText).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([name, part]) => `${JSON.stringify(name)}:${jsonKey(part)}`);
  return `{${parts.toSorted(byText).join(",")}}`;
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}

function* sessionDifferences(expected: Of<"session">, observed: Of<"session">): Found {
  if (!sameName(expected.directory, observed.directory) || !sameName(expected.id, observed.id)) {
    yield { code: "other-identity", text: `expected ${describe(expected)}, observed ${describe(observed)}` };
  }
  for (const [name, wanted] of Object.entries(expected.sets)) {
    const got = observed.sets[name];
    if (got === undefined || jsonKey(wanted) !== jsonKey(got)) {
      const shown = got === undefined ? "nothing" : jsonKey(got);
      yield {
        code: "session-content",
        text: `session's ${showText(name)}: expected ${jsonKey(wanted)}, observed ${shown}`,
      };
    }
  }
}

function* transcriptDifferences(expected: Of<"transcript">, observed: Of<"transcript">): Found {
  if (expected.of.length !== observed.of.length) {
    yield { code: "steps", text: `expected ${describe(expected)}, observed ${describe(observed)}` };
    return;
  }
  for (const [index, wanted] of expected.of.entries()) {
    const got = observed.of[index];
    if (got === undefined) continue;
    for (const { code, text } of differences(wanted, got)) yield { code, text: `step ${index + 1}: ${text}` };
  }
}

type Kind = Outcome["kind"];
type OfKind = { readonly [K in Kind]: Of<K> };

const comparers: { readonly [K in Kind]: (expected: OfKind[K], observed: OfKind[K]) => Iterable<Difference> } = {
  view: viewDifferences,
  measure: measureDifferences,
  "without-data": () => [],
  refused: refusalDifferences,
  decision: decisionDifferences,
  session: sessionDifferences,
  transcript: transcriptDifferences,
  undetermined: (expected, observed) => (expected.code === observed.code ? [] : otherKind(expected, observed)),
};

function sameKind<K extends Kind>(kind: K, expected: OfKind[K], observed: OfKind[K]): Iterable<Difference> {
  return comparers[kind](expected, observed);
}

/** Every difference, lazily; none means the outcomes match. */
export function* differences(expected: Outcome, observed: Outcome): Found {
  yield* expected.kind === observed.kind ? sameKind(expected.kind, expected, observed) : otherKind(expected, observed);
}

export function matches(expected: Outcome, observed: Outcome): boolean {
  return differences(expected, observed).next().done === true;
}

/** One line for a person; empty when the outcomes match. At most three differences in full. */
export function difference(expected: Outcome, observed: Outcome): string {
  return differenceLine([...differences(expected, observed)]);
}

export function differenceLine(found: readonly Difference[]): string {
  const shown = found.slice(0, 3).map(({ text }) => text);
  return [...shown, ...(found.length > 3 ? [`${found.length - 3} more differences`] : [])].join("; ");
}
