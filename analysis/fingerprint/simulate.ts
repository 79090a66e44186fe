/** What the reference answers to a probe under every reading of the switches it depends on. */
import type { Dialect, DialectSwitch } from "../../catalogue/dialects.ts";
import { dialectWith, readings, type Reading } from "../../catalogue/readings.ts";
import type { Outcome } from "../../contract/types.ts";
import { reduce } from "../../reference/section-access/spec.ts";
import { through } from "../../reference/surfaces.ts";
import { reload } from "../../reload/index.ts";
import type { LoadedApp } from "../../reload/model.ts";
import { people } from "./probes.ts";
import type { AccessProbe, Person, ProbeAsk, Setting } from "./types.ts";

const loaded = new WeakMap<AccessProbe, LoadedApp>();

function loadedApp(of: AccessProbe): LoadedApp {
  const known = loaded.get(of);
  if (known !== undefined) return known;
  const app = reload(of.script, { files: (path) => of.files?.[path], file: `${of.id}.qvs` });
  loaded.set(of, app);
  return app;
}

/** The reference's answer under a full record. */
export function answerUnder({ of, person }: ProbeAsk, dialect: Dialect): Outcome {
  const reduction = reduce(loadedApp(of), people[person], dialect, { published: of.published ?? true });
  if (reduction.access === "denied") return { kind: "refused", by: "engine", code: 5 };
  return through("tables", reduction.tables);
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
  readonly answer: Outcome;
}

const known = new WeakMap<AccessProbe, Map<Person, readonly Foretold[]>>();

/** All answers of an ask, by the readings of the switches its probe depends on, all others as documented. */
export function foretold(ask: ProbeAsk): readonly Foretold[] {
  const ofProbe = known.get(ask.of) ?? new Map<Person, readonly Foretold[]>();
  known.set(ask.of, ofProbe);
  const found =
    ofProbe.get(ask.person) ??
    settingsOf(ask.of.depends).map((setting) => ({ setting, answer: answerUnder(ask, dialectWith(setting)) }));
  ofProbe.set(ask.person, found);
  return found;
}
