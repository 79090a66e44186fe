/** Cases as pictures: a reduction with what is visible and what is hidden, decisions as users × resources. */
import type { DecisionMatrix, ReductionPicture } from "../contract/run.ts";
import type { Ask, Case, Outcome, Principal, Probe, Site, Value, Verdict, ViewTable } from "../contract/types.ts";
import { alignedRows, bagOf, byText, rowKey } from "./values.ts";
import type { CaseResult } from "./play-case.ts";

/** What an app holds before any reduction; handed in, absent: the widest view expected in the case. */
export type ContentsOf = (site: Site, app: string) => readonly ViewTable[] | undefined;

type Open = Extract<Probe, { kind: "open" }>;
type View = Extract<Outcome, { kind: "view" }>;

const mostRows = 40;
const mostFields = 14;

function fullName({ directory, id }: Principal): string {
  return `${directory}\\${id}`;
}

/** A value as it stands in a cell. */
function cellText(value: Value): string {
  if (value === null) return "–";
  return typeof value === "object" ? value.t : String(value);
}

function size(view: View): number {
  return view.tables.reduce((sum, table) => sum + table.fields.length + table.rows.length * table.fields.length, 0);
}

function widestView(of: Case, app: string, at: string): readonly ViewTable[] | undefined {
  const views = of.asks.flatMap(({ probe, expected, at: where }): readonly View[] => {
    const sees = probe.kind === "open" && probe.app === app && probe.through === "tables" && (where ?? "main") === at;
    return sees && expected.kind === "known" && expected.outcome.kind === "view" ? [expected.outcome] : [];
  });
  return views.toSorted((left, right) => size(right) - size(left))[0]?.tables;
}

function pictureTable(full: ViewTable, seen: ViewTable | undefined): ReductionPicture["tables"][number] {
  const extra = (seen?.fields ?? []).filter((field) => !full.fields.includes(field));
  const shared = full.fields.filter((field) => seen?.fields.includes(field) === true);
  const left = new Map<string, number>();
  for (const [key, { count }] of bagOf(seen === undefined ? [] : alignedRows(seen, shared))) left.set(key, count);
  const take = (row: readonly Value[]): boolean => {
    const count = left.get(rowKey(row)) ?? 0;
    left.set(rowKey(row), count - 1);
    return shared.length > 0 && count > 0;
  };
  const visible = alignedRows(full, shared).map(take);
  const fields = [...full.fields, ...extra];
  // Rows shown that the full table does not hold: a leak or a wrong value; they are drawn below the table.
  const beyond =
    seen === undefined ? [] : alignedRows(seen, fields).filter((_, index) => take(sharedRow(seen, shared, index)));
  return {
    name: full.name,
    fields: fields.map((name) => ({ name, visible: seen?.fields.includes(name) === true })),
    rows: [
      ...alignedRows(full, fields).map((row, index) => ({
        cells: row.map(cellText),
        visible: visible[index] === true,
      })),
      ...beyond.map((row) => ({ cells: row.map(cellText), visible: true })),
    ],
  };
}

function sharedRow(table: ViewTable, fields: readonly string[], index: number): readonly Value[] {
  return alignedRows({ ...table, rows: table.rows.slice(index, index + 1) }, fields)[0] ?? [];
}

function fits(tables: readonly ViewTable[]): boolean {
  return tables.every((table) => table.rows.length <= mostRows && table.fields.length <= mostFields);
}

function fullTables(of: Case, ask: Ask, app: string, contents: ContentsOf): readonly ViewTable[] | undefined {
  const at = ask.at ?? "main";
  const site = of.sites[at];
  return site === undefined ? undefined : (contents(site, app) ?? widestView(of, app, at));
}

function pictureOf(result: CaseResult, ask: Ask, probe: Open, contents: ContentsOf): ReductionPicture | undefined {
  const outcome = result.outcomes.get(ask.id);
  const verdict = result.verdicts.find((one) => one.ask === ask.id);
  if (verdict === undefined || (outcome?.kind !== "view" && outcome?.kind !== "refused")) return undefined;
  const full = fullTables(result.case, ask, probe.app, contents);
  if (full === undefined || !fits(full)) return undefined;
  const seen = new Map(outcome.kind === "view" ? outcome.tables.map((table) => [table.name, table]) : []);
  return {
    case: result.case.id,
    ask: ask.id,
    user: fullName(probe.as),
    app: appName(result.case, ask, probe.app),
    access: outcome.kind === "view" ? "granted" : "denied",
    tables: full.map((table) => pictureTable(table, seen.get(table.name))),
    verdict: verdict.result,
  };
}

function appName(of: Case, ask: Ask, app: string): string {
  const name = of.sites[ask.at ?? "main"]?.entities["App"]?.find(({ id }) => id === app)?.["name"];
  return typeof name === "string" ? name : app;
}

function hides(picture: ReductionPicture): boolean {
  const hidden = picture.tables.some(({ fields, rows }) => [...fields, ...rows].some(({ visible }) => !visible));
  return hidden || (picture.verdict !== "pass" && picture.verdict !== "acceptable");
}

/** One picture for each ask that looks at an app's tables; small tables only, and no app from which nothing is hidden. */
export function picturesOf(result: CaseResult, contents: ContentsOf = () => undefined): readonly ReductionPicture[] {
  const pictures = result.case.asks.flatMap((ask) => {
    if (ask.probe.kind !== "open" || ask.probe.through !== "tables" || ask.probe.noData === true) return [];
    const picture = pictureOf(result, ask, ask.probe, contents);
    return picture === undefined ? [] : [picture];
  });
  const reduced = new Set(pictures.filter(hides).map(({ app }) => app));
  return pictures.filter(({ app }) => reduced.has(app));
}

function resourceName(of: Case, ask: Ask, probe: Extract<Probe, { kind: "decide" }>): string {
  const { resource } = probe;
  const entity =
    "id" in resource
      ? of.sites[ask.at ?? "main"]?.entities[resource.type]?.find(({ id }) => id === resource.id)
      : resource.wouldBe;
  const name = entity?.["name"] ?? ("id" in resource ? resource.id : resource.wouldBe.id);
  return `${resource.type} ${typeof name === "string" ? name : JSON.stringify(name)}: ${probe.action}`;
}

/** The user, or the node a load-balancing question is about. */
function askerName(of: Case, ask: Ask, { as, node }: Extract<Probe, { kind: "decide" }>): string {
  if (node === undefined) return fullName(as);
  const nodes = of.sites[ask.at ?? "main"]?.entities["ServerNodeConfiguration"] ?? [];
  const name = nodes.find(({ id }) => id === node)?.["name"];
  return `node ${typeof name === "string" ? name : node}`;
}

function decisionText(outcome: Outcome | undefined): string {
  if (outcome === undefined) return "";
  return outcome.kind === "decision" ? (outcome.allowed ? "allowed" : "denied") : outcome.kind;
}

/** Users × resources of a case that asks at least two decisions. */
export function matrixOf(result: CaseResult): DecisionMatrix | undefined {
  const asked = result.case.asks.flatMap((ask) => {
    const { probe, expected } = ask;
    if (probe.kind !== "decide") return [];
    const wanted = decisionText(expected.kind === "known" ? expected.outcome : undefined);
    const got = decisionText(result.outcomes.get(ask.id));
    const row = { resource: resourceName(result.case, ask, probe), context: probe.context };
    return [{ user: askerName(result.case, ask, probe), row, cell: { expected: wanted, observed: got } }];
  });
  if (asked.length < 2) return undefined;
  const users = [...new Set(asked.map(({ user }) => user))].toSorted(byText);
  const rows = new Map(asked.map(({ row }) => [JSON.stringify(row), row]));
  const cell = (key: string, user: string): DecisionMatrix["rows"][number]["cells"][number] =>
    asked.find((one) => one.user === user && JSON.stringify(one.row) === key)?.cell ?? { expected: "", observed: "" };
  return {
    case: result.case.id,
    title: result.case.title,
    users,
    rows: [...rows].map(([key, { resource, context }]) => ({
      resource,
      context,
      cells: users.map((user) => cell(key, user)),
    })),
  };
}

export function isPass(verdict: Verdict): boolean {
  return verdict.result === "pass" || verdict.result === "acceptable";
}
