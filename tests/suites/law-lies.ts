/** What breaks each law: a defect of the mock's evaluator, or a lie told about right answers where no defect is of that kind. */
import type { Outcome, Probe, Site, Value } from "../../contract/types.ts";
import { reload } from "../../reload/index.ts";
import type { LoadedApp } from "../../reload/model.ts";

type Open = Extract<Probe, { kind: "open" }>;

/** Changes a right answer, knowing the app. */
export type Lie = (outcome: Outcome, app: LoadedApp, probe: Open, asked: number) => Outcome;

const refused: Outcome = { kind: "refused", by: "engine", code: 5 };

export function loadedFrom(site: Site, probe: Open): LoadedApp {
  return reload(site.apps[probe.app]?.script ?? "");
}

function isHigh(value: Value): boolean {
  return typeof value === "number" ? value > 1000 : typeof value === "string" && value.startsWith("Z");
}

function columns(app: LoadedApp): readonly string[] {
  return (app.access ?? []).flatMap(({ fields }) => fields.map((field) => field.toUpperCase()));
}

function withoutFirstRows(outcome: Outcome): Outcome {
  if (outcome.kind === "measure") {
    const less = Object.entries(outcome.values).map(([name, value]) => [
      name,
      typeof value === "number" ? value - 1 : value,
    ]);
    return { ...outcome, values: Object.fromEntries(less) as typeof outcome.values };
  }
  if (outcome.kind !== "view") return outcome;
  return { ...outcome, tables: outcome.tables.map((table) => ({ ...table, rows: table.rows.slice(1) })) };
}

export const lies: { readonly [name: string]: Lie } = {
  "fields hidden by OMIT take a row with them": (outcome, app) =>
    columns(app).includes("OMIT") ? withoutFirstRows(outcome) : outcome,
  "values late in the alphabet and high numbers are not counted": (outcome, app) => {
    const high = app.app.some(({ rows }) => rows.some((row) => row.some(isHigh)));
    return high ? withoutFirstRows(outcome) : outcome;
  },
  "who is reduced by no column is refused": (outcome, app) => {
    const held = new Set(app.app.flatMap(({ fields }) => fields));
    return columns(app).some((field) => held.has(field)) ? outcome : refused;
  },
  "ADMIN is nobody": (outcome, app) => {
    const levels = (app.access ?? []).flatMap(({ rows }) => rows.flat());
    return levels.includes("ADMIN") ? refused : outcome;
  },
  "the second answer is another": (outcome, _app, _probe, asked) => (asked > 1 ? withoutFirstRows(outcome) : outcome),
  "counts are one short": (outcome, _app, probe) => (probe.through === "counts" ? withoutFirstRows(outcome) : outcome),
  "searching finds less than there is": (outcome, _app, probe) =>
    probe.through === "search" ? withoutFirstRows(outcome) : outcome,
  "list boxes show less than there is": (outcome, _app, probe) =>
    probe.through === "list" ? withoutFirstRows(outcome) : outcome,
};
