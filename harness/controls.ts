/**
 * The control of an area: a refused, a reduced and a full principal on one object, asked in that order and in reverse.
 * A target that answers always, never, or with the first user's data cannot keep it.
 */
import type { Area, Ask, Case, Principal } from "../contract/types.ts";
import type { GroupResult } from "./groups.ts";
import { exclude } from "./pairs.ts";

type Asks = readonly [Ask, ...Ask[]];

/** What each of the three is asked; one question each, or several where one answer is only yes or no. */
export interface Control {
  readonly refused: Asks;
  readonly reduced: Asks;
  readonly full: Asks;
}

/** The asks of a control, there and back; the ids of the way back end in `/again`. */
export function controlAsks({ refused, reduced, full }: Control): Asks {
  const there = [...refused, ...reduced, ...full];
  const back = there.toReversed().map((ask) => Object.assign({}, ask, { id: `${ask.id}/again` }));
  return [refused[0], ...there.slice(1), ...back];
}

interface Question {
  /** Who is asked as. */
  readonly who: string;
  /** The object, without who. */
  readonly object: string;
  /** Object and action. */
  readonly question: string;
}

function questionOf({ probe }: Ask): Question {
  switch (probe.kind) {
    case "open":
      return { who: nameOf(probe.as), object: probe.app, question: probe.through };
    case "decide":
      return { who: nameOf(probe.as), object: JSON.stringify(probe.resource), question: probe.action };
    case "login":
      return { who: JSON.stringify(probe.with), object: probe.proxy, question: "login" };
    case "impersonate":
      return { who: nameOf(probe.user), object: `${probe.datasource} ${probe.app ?? ""}`, question: "impersonate" };
    case "converse":
      return { who: JSON.stringify(probe.steps), object: "conversation", question: "converse" };
  }
}

function nameOf(who: Principal | undefined): string {
  return who === undefined ? "nobody named" : `${who.directory}\\${who.id}`.toLowerCase();
}

function refuses(ask: Ask): boolean {
  const { expected } = ask;
  if (expected.kind !== "known") return false;
  return expected.outcome.kind === "refused" || (expected.outcome.kind === "decision" && !expected.outcome.allowed);
}

function tellApart(left: readonly Ask[], right: readonly Ask[]): boolean {
  return left.some((ask) =>
    right.some(
      (other) => questionOf(ask).question === questionOf(other).question && exclude(ask.expected, other.expected),
    ),
  );
}

/** An open control app stands beside the order: it shows whom the object refuses getting in elsewhere (refusals.ts). */
function standsBeside(ask: Ask, asks: readonly Ask[], object: string): boolean {
  const { who, object: other } = questionOf(ask);
  if (ask.probe.kind !== "open" || other === object || refuses(ask)) return false;
  return asks.some((one) => {
    const asked = questionOf(one);
    return one.probe.kind === "open" && refuses(one) && asked.object === object && asked.who === who;
  });
}

/** Why a case is no control; empty when it is one. */
export function controlFaults(of: Case): readonly string[] {
  const { object } = questionOf(of.asks[0]);
  const asks = of.asks.filter((ask) => !standsBeside(ask, of.asks, object));
  const there = asks.slice(0, asks.length / 2);
  const back = asks.slice(there.length).toReversed();
  const mirrored = there.every((ask, index) => JSON.stringify(ask.probe) === JSON.stringify(back[index]?.probe));
  const names = [...new Set(there.map((ask) => questionOf(ask).who))];
  const people = names.map((name) => there.filter((ask) => questionOf(ask).who === name));
  const checks: readonly (readonly [holds: boolean, fault: string])[] = [
    [people.length === 3, "it does not ask exactly three principals"],
    [mirrored && there.length === back.length, "the way back is not the way there in reverse"],
    [new Set(asks.map((ask) => questionOf(ask).object)).size === 1, "it asks about more than one object"],
    [people[0]?.every(refuses) === true, "its first principal is not refused"],
    [people.at(-1)?.some(refuses) === false, "its last principal is refused"],
    [
      people.every((one, index) => people.slice(index + 1).every((other) => tellApart(one, other))),
      "two of its principals are not told apart",
    ],
  ];
  return checks.flatMap(([holds, fault]) => (holds ? [] : [fault]));
}

export type ControlState = "passed" | "failed" | "not-run";

function stateOf(groups: readonly GroupResult[]): ControlState {
  if (groups.every(({ asks }) => asks === 0)) return "not-run";
  const clean = groups.every(({ asks, counts }) => asks > 0 && (counts.pass ?? 0) + (counts.acceptable ?? 0) === asks);
  return clean ? "passed" : "failed";
}

/** Whether the area's control passed before and after. */
export function controlsOf(area: Area, groups: readonly GroupResult[]): ControlState {
  const [before, after] = (["control-before", "control-after"] as const).map((kind) =>
    stateOf(groups.filter((group) => group.area === area && group.kind === kind)),
  );
  if (before === "failed" || after === "failed") return "failed";
  return before === "passed" && after === "passed" ? "passed" : "not-run";
}
