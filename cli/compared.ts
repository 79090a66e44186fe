/** A comparison as text for a person and as CSV for a sheet. */
import type { Difference, ValueDifference } from "../analysis/section-access/compare.ts";
import { equalChanges, type EqualChange } from "../analysis/section-access/equal-changes.ts";
import type { Gain, Weighed } from "../analysis/section-access/gains.ts";
import type { Comparison } from "../analysis/section-access/compare.ts";
import { shownValue } from "./explained.ts";

export interface ComparedApp {
  readonly app: string;
  readonly comparison: Comparison;
}

/** Names and values told in one line; the rest is counted. */
const most = 4;

function some(items: readonly string[]): string {
  const told = items.slice(0, most).join(", ");
  return items.length > most ? `${told} and ${items.length - most} more` : told;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}

function people({ users, group }: EqualChange): string {
  if (users.length === 1) return users[0] ?? "";
  return group === undefined ? `${users.length} users (${some(users)})` : `${users.length} users of group ${group}`;
}

function verbs({ users }: EqualChange): { readonly gain: string; readonly lose: string; readonly see: string } {
  return users.length === 1
    ? { gain: "gains", lose: "loses", see: "sees" }
    : { gain: "gain", lose: "lose", see: "see" };
}

function condition(values: readonly ValueDifference[], side: "gained" | "lost"): string {
  const told = values
    .filter((each) => each[side].length > 0)
    .map((each) => `${each.field} = ${some(each[side].map(shownValue))}`);
  return told.length === 0 ? "" : ` (${told.join("; ")})`;
}

function rowsTold({ tables }: Difference, side: "gained" | "lost" | "changed"): string {
  return tables
    .filter((table) => table[side].length > 0)
    .map((table) => `${count(table[side].length, "row")} of ${table.table}`)
    .join(", ");
}

/** One line a kind of change. */
function changes(change: EqualChange): readonly string[] {
  const { difference } = change;
  const { gain, lose, see } = verbs(change);
  const { access, fields, values } = difference;
  const who = people(change);
  if (access.before !== access.after) {
    const opens = access.after === "granted";
    const rows = rowsTold(difference, opens ? "gained" : "lost");
    const what = `${opens ? gain : lose} the app${rows === "" ? "" : `: ${rows}`}`;
    return [`${who} ${what}${condition(values, opens ? "gained" : "lost")}`];
  }
  const [gained, lost, changed] = [
    rowsTold(difference, "gained"),
    rowsTold(difference, "lost"),
    rowsTold(difference, "changed"),
  ];
  return [
    ...(fields.gained.length === 0 ? [] : [`${who} ${gain} the field ${some(fields.gained)}`]),
    ...(gained === "" ? [] : [`${who} ${gain} ${gained}${condition(values, "gained")}`]),
    ...(fields.lost.length === 0 ? [] : [`${who} ${lose} the field ${some(fields.lost)}`]),
    ...(lost === "" ? [] : [`${who} ${lose} ${lost}${condition(values, "lost")}`]),
    ...(changed === "" ? [] : [`${who} ${see} other values in ${changed}`]),
  ];
}

function appText({ app, comparison }: ComparedApp): readonly string[] {
  const { differences, onlyBefore, onlyAfter, users } = comparison;
  return [
    `${app}: ${count(users, "user")} compared, something differs for ${differences.length}`,
    ...equalChanges(differences).flatMap((change) => changes(change).map((line) => `  ${line}`)),
    ...(onlyBefore.length === 0 ? [] : [`  only before: ${some(onlyBefore)}`]),
    ...(onlyAfter.length === 0 ? [] : [`  only after: ${some(onlyAfter)}`]),
  ];
}

function gainName(gain: Gain): string {
  switch (gain.gain) {
    case "app":
      return "the app";
    case "field":
      return `the field ${gain.field}`;
    case "rows":
      return `${count(gain.count, "row")} of ${gain.table}`;
  }
}

/** With approvals at hand, the lines above do not tell which gains are left. */
function leftOver({ open, approved, stale }: Weighed): readonly string[] {
  if (approved.length + stale.length === 0) return [];
  return open.map((gain) => `not approved: ${gain.user} gains ${gainName(gain)} (${gain.app})`);
}

function verdict(weighed: Weighed): readonly string[] {
  const { open, approved, stale } = weighed;
  return [
    ...leftOver(weighed),
    ...stale.map(
      ({ user, group, gain, table, field, reason }) =>
        `stale approval: ${user ?? `group ${group ?? ""}`} ${[gain, table, field].filter(Boolean).join(" ")} (${reason}): nobody gains that`,
    ),
    open.length === 0
      ? `no gain is left unapproved${approved.length === 0 ? "" : `, ${approved.length} approved`}`
      : `${count(open.length, "gain")} not approved, ${approved.length} approved`,
  ];
}

export function comparedText(apps: readonly ComparedApp[], weighed: Weighed): string {
  return [...apps.flatMap(appText), "", ...verdict(weighed)].join("\n");
}

function csvCell(value: string): string {
  // A sheet would take a cell that begins with one of these for a formula.
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

type Line = readonly [
  app: string,
  user: string,
  change: string,
  what: string,
  name: string,
  rows: number | "",
  more: string,
];

function linesOf(app: string, { user, access, fields, tables }: Difference): readonly Line[] {
  const opened: Line[] =
    access.before === access.after
      ? []
      : [
          [
            app,
            user,
            access.after === "granted" ? "gained" : "lost",
            "app",
            "",
            "",
            `${access.before} → ${access.after}`,
          ],
        ];
  return [
    ...opened,
    ...fields.gained.map((field): Line => [app, user, "gained", "field", field, "", ""]),
    ...fields.lost.map((field): Line => [app, user, "lost", "field", field, "", ""]),
    ...tables.flatMap((table) =>
      (["gained", "lost", "changed"] as const)
        .filter((side) => table[side].length > 0)
        .map((side): Line => [app, user, side, "rows", table.table, table[side].length, table.key ?? ""]),
    ),
  ];
}

/** One line a change: who, what, how many rows; the last column holds the access before and after, or the key. */
export function comparedCsv(apps: readonly ComparedApp[]): string {
  const lines = apps.flatMap(({ app, comparison }) => comparison.differences.flatMap((each) => linesOf(app, each)));
  const head = "app,user,change,what,name,rows,detail";
  return [head, ...lines.map((line) => line.map((cell) => csvCell(String(cell))).join(","))].join("\n");
}
