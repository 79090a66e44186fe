/** A fingerprint for a person. */
import type { Reading } from "../../catalogue/readings.ts";
import { boxes, type Box } from "./relations.ts";
import type { Fingerprint, Nearness, OpenClass, Settled, Unexplained, Unheard } from "./types.ts";

/** Combinations put into boxes at most, and boxes shown at most. */
const mostBoxed = 500;
const mostShown = 12;

interface Named {
  readonly name: string;
  readonly dialect?: string;
}

function any(choice: readonly Reading[]): string {
  return choice.map(String).join(" or ");
}

function settledLine({ switch: name, reading, requirement, by }: Settled): string {
  const probes = new Set(by.map((ask) => ask.split("/")[0]));
  return `  ${name.padEnd(26)}${String(reading).padEnd(17)}${requirement.padEnd(12)}${[...probes].join(", ")}`;
}

function boxText(box: Box): string {
  return [...box].map(([name, choice]) => `${name} ${any(choice)}`).join(", ");
}

function classLines({ switches: scope, alternatives, unlisted }: OpenClass): readonly string[] {
  if (unlisted === true || alternatives.length > mostBoxed) {
    return [`  ${scope.join(", ")}: too many combinations to list`];
  }
  const found = boxes({ scope, allowed: alternatives });
  const [only] = found;
  if (only !== undefined && found.length === 1) return [`  ${boxText(only)}`];
  const shown = found.slice(0, mostShown).map((box) => `    ${boxText(box)}`);
  const more = found.length > mostShown ? [`    and ${found.length - mostShown} more`] : [];
  return [`  ${scope.join(", ")}: one of`, ...shown, ...more];
}

function unexplainedLine({ asks, detail }: Unexplained): string {
  return `  ${asks.join(", ")}: ${detail}`;
}

/** One line for each cause: a target that cannot be asked says the same eighty times. */
function unheardLines(unheard: readonly Unheard[]): readonly string[] {
  const causes = new Map<string, string[]>();
  for (const { ask, code, detail } of unheard) {
    const cause = `${code}, ${detail}`;
    causes.set(cause, [...(causes.get(cause) ?? []), ask]);
  }
  return [...causes].map(([cause, [first, ...more]]) => {
    const rest = more.length === 0 ? "" : ` and ${more.length} more`;
    return `  ${first}${rest}: ${cause}`;
  });
}

function departure({ departs }: Nearness): string {
  return departs
    .map(({ switch: name, dialect, target }) => `${name} (there ${String(dialect)}, here ${any(target)})`)
    .join(", ");
}

function nearestLines(found: Fingerprint, declared: string | undefined): readonly string[] {
  const least = found.dialects[0]?.departs.length ?? 0;
  const told = found.dialects.filter((one) => one.departs.length === least || one.dialect === declared);
  return told.map((one) => {
    const says = one.dialect === declared ? " (declared)" : "";
    return `  ${one.dialect}${says}: ${one.departs.length === 0 ? "fits" : `departs at ${departure(one)}`}`;
  });
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ["", title, ...lines];
}

function verdict({ unexplained, unheard }: Fingerprint): string {
  if (unexplained.length > 0) return "no reading explains all of its answers";
  if (unheard.length > 0) return "some questions were not answered";
  return "all of its answers are explained";
}

/** Ends in a line feed. */
export function fingerprintText(found: Fingerprint, target: Named): string {
  return [
    `${target.name}: ${verdict(found)}`,
    ...section("No reading gives these answers:", found.unexplained.map(unexplainedLine)),
    ...section("Not answered:", unheardLines(found.unheard)),
    ...section("It follows:", found.settled.map(settledLine)),
    ...section("Its answers do not tell apart:", found.open.flatMap(classLines)),
    ...section("Nearest dialects:", nearestLines(found, target.dialect)),
    ...section("Not asked about:", found.unasked.length === 0 ? [] : [`  ${found.unasked.join(", ")}`]),
    "",
  ].join("\n");
}
