/** A control made of a user's own site: somebody it refuses, somebody it shows a part, somebody it shows most. */
import type { Area, Ask, Case } from "../contract/types.ts";
import { controlAsks, controlFaults } from "../harness/controls.ts";
import type { SuiteGroup } from "../harness/groups.ts";

type Asks = readonly [Ask, ...Ask[]];

function whoOf({ probe }: Ask): string | undefined {
  if (probe.kind === "open" || probe.kind === "decide") return `${probe.as.directory}\\${probe.as.id}`.toLowerCase();
  return undefined;
}

/** How much an expectation shows: nothing, a right, or cells. */
function sizeOf({ expected }: Ask): number {
  if (expected.kind !== "known") return 0;
  const { outcome } = expected;
  if (outcome.kind === "decision") return outcome.allowed ? 1 : 0;
  if (outcome.kind !== "view") return 0;
  return 1 + outcome.tables.reduce((sum, { rows, fields }) => sum + rows.length * fields.length, 0);
}

/** What is asked, without who is asked as. */
function questionOf({ probe }: Ask): string {
  if (probe.kind === "open") return `${probe.app} ${probe.through}`;
  return probe.kind === "decide" ? `${probe.action} ${probe.context}` : probe.kind;
}

function isOn(object: string, { probe }: Ask): boolean {
  return probe.kind === "decide" || (probe.kind === "open" && probe.app === object);
}

interface Person {
  readonly asks: readonly Ask[];
  /** How much he is shown of the object. */
  readonly size: number;
}

function peopleIn(of: Case, object: string): readonly Person[] {
  const byWho = new Map<string, Ask[]>();
  for (const ask of of.asks) {
    const who = whoOf(ask);
    if (who !== undefined) byWho.set(who, [...(byWho.get(who) ?? []), ask]);
  }
  return [...byWho.values()].map((asks) => ({
    asks,
    size: asks.filter((ask) => isOn(object, ask)).reduce((sum, ask) => sum + sizeOf(ask), 0),
  }));
}

function some(asks: readonly Ask[]): Asks | undefined {
  const [first, ...rest] = asks;
  return first === undefined ? undefined : [first, ...rest];
}

/** The three are asked what the one who sees most is granted; who is refused opens the open apps beside it, too. */
function controlIn(of: Case): Case | undefined {
  const first = of.asks[0].probe;
  const object = first.kind === "open" ? first.app : "";
  const people = peopleIn(of, object).toSorted((left, right) => left.size - right.size);
  const full = people.at(-1);
  const reduced = people.find(({ size }) => size > 0 && size < (full?.size ?? 0));
  const refused = people.find(({ size }) => size === 0);
  const granted = new Set((full?.asks ?? []).filter((ask) => isOn(object, ask) && sizeOf(ask) > 0).map(questionOf));
  const asked = (person: Person | undefined): Asks | undefined =>
    some((person?.asks ?? []).filter((ask) => granted.has(questionOf(ask))));
  const beside = (refused?.asks ?? []).filter((ask) => !isOn(object, ask));
  const [none, part, most] = [asked(refused), asked(reduced), asked(full)];
  if (none === undefined || part === undefined || most === undefined) return undefined;
  const asks = controlAsks({ refused: [...none, ...beside], reduced: part, full: most });
  const title = "tells a refused, a reduced and a full principal apart";
  const control: Case = {
    ...of,
    id: `${of.id}/control`,
    title,
    asks: [withoutContrast(asks[0]), ...asks.slice(1).map(withoutContrast)],
  };
  return controlFaults(control).length === 0 ? control : undefined;
}

function withoutContrast({ contrast: _contrast, ...ask }: Ask): Ask {
  return ask;
}

/** The control groups of an area; none where the site holds no three principals that can be told apart on one object. */
export function siteControls(area: Area, cases: readonly Case[]): readonly SuiteGroup[] {
  const control = cases.map(controlIn).find((found) => found !== undefined);
  if (control === undefined) return [];
  return (["control-before", "control-after"] as const).map((kind) => ({
    id: `${area}/site-${kind}`,
    area,
    kind,
    title: `${area}: ${control.title}, ${kind === "control-before" ? "before" : "after"} everything else`,
    cases: () => [{ ...control, id: `${control.id}-${kind}` }],
  }));
}
