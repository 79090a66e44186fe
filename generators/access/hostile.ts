/**
 * Disputed and malformed things worked into a world. Each is about a statement whose reading is open, and a dialect
 * decides; a few are refused by every reading with an error (`refused`).
 */
import type { RequirementId } from "../../contract/types.ts";
import type { Dice } from "../dice.ts";
import type { AccessSettings, TwistName } from "./settings.ts";
import {
  anyField,
  blankInData,
  capitalised,
  capitalisedValue,
  disjoint,
  inSession,
  isField,
  isReducing,
  listedTwice,
  lowered,
  oneCell,
  onlyStars,
  raisedLevels,
  renamed,
  respelt,
  ring,
  shortened,
  withAccess,
  withApp,
  withRows,
  withUserIds,
  withoutColumn,
  naming,
  type Change,
  type World,
} from "./twisting.ts";
import { groups } from "./words.ts";

export interface Twist {
  readonly name: TwistName;
  readonly requirement: RequirementId;
  readonly about: string;
  /** No reading gives an answer: the script or the model is refused. */
  readonly refused?: true;
  readonly change: Change;
}

const levels = ["*", "NONE", "", "ADMINISTRATOR", "SUPERUSER"] as const;

/** What a hostile world may be twisted by. */
export const twists: readonly Twist[] = [
  {
    name: "blank value",
    requirement: "SA-STR-03",
    about: "a blank reducing cell of USER",
    change: oneCell(isReducing, () => ""),
  },
  {
    name: "blank identity",
    requirement: "SA-ROW-03",
    about: "a blank cell that names nobody",
    change: oneCell(
      (field) => naming.has(field),
      () => "",
    ),
  },
  {
    name: "two names",
    requirement: "SA-ROW-01",
    about: "a user and a group in one row",
    change: oneCell(isField("GROUP"), (dice) => dice.pick(groups).toUpperCase()),
  },
  { name: "mixed levels", requirement: "SA-ACC-05", about: "rows of both levels for one user", change: raisedLevels },
  {
    name: "no level",
    requirement: "SA-ACC-02",
    about: "`*`, a blank or another word in ACCESS",
    change: oneCell(isField("ACCESS"), (dice) => dice.pick(levels)),
  },
  {
    name: "lower case",
    requirement: "SA-CASE-02",
    about: "lower case from a source that is not inline",
    change: (world) => withAccess(world, lowered),
  },
  {
    name: "mixed case data",
    requirement: "SA-CASE-04",
    about: "values of the app in mixed case",
    change: (world, dice) =>
      withApp(world, (table) =>
        dice.chance(0.5) ? { ...table, rows: table.rows.map((row) => row.map(capitalisedValue)) } : table,
      ),
  },
  { name: "mixed case field", requirement: "SA-RED-01", about: "a field of the app in mixed case", change: respelt },
  {
    name: "stars alone",
    requirement: "SA-WLD-05",
    about: "`*` where nothing is listed",
    change: (world) => withAccess(world, onlyStars),
  },
  {
    name: "star in two tables",
    requirement: "SA-WLD-03",
    about: "a reducing column in two tables",
    change: listedTwice,
  },
  {
    name: "pattern",
    requirement: "SA-WLD-06",
    about: "`*` and `?` within a value",
    change: oneCell(isReducing, (dice) => dice.pick(["N*", "*TH", "?", "**"])),
  },
  {
    name: "never together",
    requirement: "SA-RED-10",
    about: "values of several fields in any combination",
    change: disjoint,
  },
  {
    name: "blank in data",
    requirement: "SA-RED-09",
    about: "an empty text among the values of the app",
    change: blankInData,
  },
  { name: "short row", requirement: "SA-STR-10", about: "rows without their last cells", change: shortened },
  {
    name: "repeated rows",
    requirement: "SA-ROW-07",
    about: "every row of rights twice",
    change: (world) => withAccess(world, (table) => withRows(table, [...table.rows, ...table.rows])),
  },
  {
    name: "no rows",
    requirement: "SA-ROW-06",
    about: "tables of rights without rows",
    change: (world) => withAccess(world, (table) => withRows(table, [])),
  },
  { name: "no ACCESS", requirement: "SA-ACC-01", about: "no column ACCESS", change: withoutColumn("ACCESS") },
  { name: "USER ID", requirement: "SA-SYS-07", about: "a system field misspelt", change: renamed("USERID", "USER ID") },
  {
    name: "foreign serial",
    requirement: "SA-SYS-05",
    about: "a licence number in SERIAL",
    change: oneCell(isField("SERIAL"), () => "4711 0815 4711 0815"),
  },
  {
    name: "bare user",
    requirement: "SA-SYS-02",
    about: "a user id without its directory",
    change: oneCell(isField("USERID"), (dice, { principals }) =>
      (principals[dice.below(principals.length)]?.id ?? "ann").trim().toUpperCase(),
    ),
  },
  { name: "session groups", requirement: "IM-047", about: "groups from the session alone", change: inSession },
  {
    name: "USERID in data",
    requirement: "SA-SCR-08",
    about: "a field of the app named as a system field",
    change: withUserIds,
  },
  {
    name: "list in OMIT",
    requirement: "SA-OMT-02",
    about: "two names in one cell of OMIT",
    change: oneCell(isField("OMIT"), (dice, world) => `${anyField(world, dice)};${anyField(world, dice)}`),
  },
  {
    name: "pattern in OMIT",
    requirement: "SA-OMT-04",
    about: "`*` and `?` within a name in OMIT",
    change: oneCell(isField("OMIT"), (dice) => dice.pick(["S*", "*E", "?ATE", "*NO"])),
  },
  {
    name: "key omitted",
    requirement: "SA-OMT-09",
    about: "OMIT of any field, also one that links or reduces",
    change: oneCell(isField("OMIT"), (dice, world) => anyField(world, dice)),
  },
  {
    name: "mixed case OMIT",
    requirement: "SA-OMT-06",
    about: "a name in OMIT in mixed case, not inline",
    change: (world, dice) =>
      withAccess(oneCell(isField("OMIT"), (at, of) => capitalised(anyField(of, at)))(world, dice), (table) => ({
        ...table,
        inline: table.rows.map(() => false),
      })),
  },
  { name: "ring", requirement: "SA-PRP-07", about: "tables that link in a ring", refused: true, change: ring },
];

interface Made extends World {
  readonly loads: { readonly access: AccessSettings["load"][number]; readonly app: AccessSettings["source"][number] };
}

/** A world with a number of twists, and their names. What is no longer inline is loaded resident, or stays in its file. */
export function makeHostile<Of extends Made>(
  made: Of,
  settings: AccessSettings,
  dice: Dice,
): Of & { twists: readonly TwistName[] } {
  const admitted = twists.filter(({ name }) => settings.twists.includes(name));
  const chosen = dice.some(admitted, 1 + dice.below(settings.mostTwists));
  const world = chosen.reduce<World>((so, twist) => twist.change(so, dice), made);
  const isInline = (world.loaded.access ?? []).every((table) => table.inline.every(Boolean));
  const access = isInline || made.loads.access !== "inline" ? made.loads.access : "resident";
  return { ...made, ...world, loads: { ...made.loads, access }, twists: chosen.map(({ name }) => name) };
}
