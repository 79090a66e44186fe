/** What the reference answers to a probe under every reading of the switches it depends on. */
import type { Dialect, DialectSwitch } from "../../catalogue/dialects.ts";
import { dialectWith, readings, type Reading } from "../../catalogue/readings.ts";
import type { Outcome, Principal } from "../../contract/types.ts";
import { reduce } from "../../reference/section-access/spec.ts";
import { through } from "../../reference/surfaces.ts";
import { reload } from "../../reload/index.ts";
import type { LoadedApp } from "../../reload/model.ts";
import { answerOf, deskFor } from "../../reference/answer.ts";
import { isAccess } from "./probes.ts";
import { ruleSite } from "./site-probes.ts";
import type { AccessProbe, AnyProbe, ProbeAsk, Setting } from "./types.ts";

const loaded = new WeakMap<AccessProbe, LoadedApp>();

function loadedApp(of: AccessProbe): LoadedApp {
  const known = loaded.get(of);
  if (known !== undefined) return known;
  const app = reload(of.script, { files: (path) => of.files?.[path], file: `${of.id}.qvs` });
  loaded.set(of, app);
  return app;
}

function seenIn(of: AccessProbe, who: Principal, dialect: Dialect): Outcome {
  const reduction = reduce(loadedApp(of), who, dialect, { published: of.published ?? true });
  if (reduction.access === "denied") return { kind: "refused", by: "engine", code: 5 };
  return through("tables", reduction.tables);
}

/** The reference's answers under a full record: the right one, and what is as good. */
export function answersUnder({ of, probe }: ProbeAsk, dialect: Dialect): readonly [Outcome, ...Outcome[]] {
  if (isAccess(of) && probe.kind === "open") return [seenIn(of, probe.as, dialect)];
  const { outcome, alsoAcceptable = [] } = answerOf(deskFor(ruleSite(), dialect), probe);
  return [outcome, ...alsoAcceptable];
}

/** The right one of them. */
export function answerUnder(ask: ProbeAsk, dialect: Dialect): Outcome {
  return answersUnder(ask, dialect)[0];
}

/** Every combination of readings of the switches, the documented one first. */
export function settingsOf(names: readonly DialectSwitch[]): readonly Setting[] {
  const [first, ...rest] = names;
  if (first === undefined) return [{}];
  const others = settingsOf(rest);
  return readings[first].flatMap((reading: Reading) =>
    others.map((other): Setting => ({ [first]: reading, ...other })),
  );
}

export interface Foretold {
  readonly setting: Setting;
  readonly answers: readonly Outcome[];
}

const known = new WeakMap<AnyProbe, Map<string, readonly Foretold[]>>();

/** All answers of an ask, by the readings of the switches its probe depends on, all others as documented. */
export function foretold(ask: ProbeAsk): readonly Foretold[] {
  const ofProbe = known.get(ask.of) ?? new Map<string, readonly Foretold[]>();
  known.set(ask.of, ofProbe);
  const found =
    ofProbe.get(ask.name) ??
    settingsOf(ask.of.depends).map((setting) => ({ setting, answers: answersUnder(ask, dialectWith(setting)) }));
  ofProbe.set(ask.name, found);
  return found;
}
