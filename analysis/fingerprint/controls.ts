/** When an answer says nothing of readings, because something else decides: a refusal of everything, a rule of the site's own. */
import { openApp } from "./control-probes.ts";
import { closedStream } from "./rule-probes.ts";
import type { Heard, ProbeAsk } from "./types.ts";

/** Who could not even open the app without section access: what refuses him elsewhere is not known (SA-ERR-03). */
function shutOut(heard: readonly Heard[]): ReadonlySet<string> {
  const refused = heard.filter(
    ({ ask, answers }) => ask.of.id === openApp && answers.every((answer) => answer.kind !== "view"),
  );
  return new Set(refused.map(({ ask }) => ask.name));
}

/** Whether the stream that no rule of the probes opens is open all the same: rules that were there before decide, too. */
function openedByOthers(heard: readonly Heard[]): boolean {
  const closed = heard.filter(({ ask }) => ask.of.id === closedStream);
  return closed.some(({ answers }) => answers.every((answer) => answer.kind === "decision" && answer.allowed));
}

/** Why the answer to an ask is none about readings; undefined where it is one. */
export function controlOf(heard: readonly Heard[]): (ask: ProbeAsk) => string | undefined {
  const out = shutOut(heard);
  const opened = openedByOthers(heard);
  return ({ name, probe }) => {
    if (probe.kind === "open" && out.has(name)) return `${name} does not even open the app without section access`;
    if (probe.kind !== "decide" || !opened) return undefined;
    return "a stream that no rule of the probes opens is open all the same";
  };
}
