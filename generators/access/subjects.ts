/**
 * Whom the rows of section access speak of, and at which level. Rows that speak of one person agree in their level and
 * in what ADMIN leaves blank, since how levels and blanks mix is open (SA-ACC-05, SA-STR-10).
 */
import type { Principal } from "../../contract/types.ts";
import type { Dice } from "../dice.ts";
import { fullName } from "../directory.ts";
import type { Features } from "./factors.ts";
import type { Plan } from "./draft.ts";
import { emailOf } from "./people.ts";
import { absentees, groups } from "./words.ts";

/** One cell per column that names people: a name in one, `*` in the others. */
export type Identity = { readonly [column: string]: string };

export interface Subject {
  readonly identity: Identity;
  readonly level: "ADMIN" | "USER";
  /** Number of those that speak of the same people. */
  readonly kin: number;
}

const columnsOf: { readonly [identity in Features["identity"]]: readonly string[] } = {
  user: ["USERID"],
  group: ["GROUP"],
  "user and group": ["USERID", "GROUP"],
  nt: ["NTNAME"],
  "user and email": ["USERID", "USER.EMAIL"],
};

export function identityColumns({ features }: Plan): readonly string[] {
  return columnsOf[features.identity];
}

/** Names as their owners spell them, in upper case as the documentation advises, or in lower case (SA-SYS-08). */
function spelling({ features, settings, dice }: Plan): (name: string) => string {
  if (features.load !== "inline" || dice.chance(settings.raised)) return (name) => name.toUpperCase();
  return features.people === "case" ? (name) => name.toLowerCase() : (name) => name;
}

function isOdd(name: string): boolean {
  return !/^[\x21-\x7e]+$/.test(name);
}

/** Users by name; where groups count too, mostly those without one, so that few are named twice. */
function userNames(principals: readonly Principal[], { features, settings, dice }: Plan): string[] {
  const groupsCount = features.identity === "user and group" || features.identity === "nt";
  const chance = (who: Principal): number => (groupsCount && who.groups.length > 0 ? 0.3 : settings.named);
  return principals.filter((who) => !isOdd(fullName(who)) && dice.chance(chance(who))).map(fullName);
}

function groupNames(principals: readonly Principal[], { settings, dice }: Plan): string[] {
  const held = [...new Set(principals.flatMap((who) => who.groups))].filter(() => dice.chance(settings.named));
  const others = groups.filter((name) => !held.includes(name));
  return [...held, ...dice.some(others, dice.below(2))];
}

/** The names a column holds, without strays. */
function namesIn(column: string, principals: readonly Principal[], plan: Plan): string[] {
  switch (column) {
    case "GROUP":
      return groupNames(principals, plan);
    case "NTNAME":
      return [...userNames(principals, plan), ...groupNames(principals, plan)];
    case "USER.EMAIL":
      return principals
        .map(fullName)
        .filter((name) => !isOdd(name) && plan.dice.chance(0.3))
        .map(emailOf);
    default:
      return userNames(principals, plan);
  }
}

/** A name of the column that nobody who asks bears. */
function strayIn(column: string, at: number): string {
  const name = absentees[at % absentees.length] ?? absentees[0];
  if (column === "GROUP") return `Absent${at}`;
  return column === "USER.EMAIL" ? emailOf(name) : name;
}

function identityOf(columns: readonly string[], column: string, name: string): Identity {
  return Object.fromEntries(columns.map((other) => [other, other === column ? name : "*"]));
}

function distinct(identities: readonly Identity[]): Identity[] {
  return [...new Map(identities.map((one) => [JSON.stringify(one).toUpperCase(), one])).values()];
}

/** Everything a person may be called in a column, whatever the dialect. */
function callsIn(column: string, who: Principal): readonly string[] {
  switch (column) {
    case "GROUP":
      return who.groups;
    case "NTNAME":
      return [fullName(who), ...who.groups];
    case "USER.EMAIL":
      return who.attributes["email"] ?? [];
    default:
      return [fullName(who)];
  }
}

function speaksOf(identity: Identity, who: Principal): boolean {
  return Object.entries(identity).every(
    ([column, cell]) => cell === "*" || callsIn(column, who).some((name) => name.toUpperCase() === cell.toUpperCase()),
  );
}

/** Numbers rows that speak of a common person alike. */
function kinOf(identities: readonly Identity[], principals: readonly Principal[]): number[] {
  const kin = identities.map((_, at) => at);
  for (const who of principals) {
    const own = identities.flatMap((identity, at) => (speaksOf(identity, who) ? [at] : []));
    const joined = new Set(own.map((at) => kin[at]));
    const [first] = joined;
    if (first !== undefined) kin.forEach((of, at) => joined.has(of) && (kin[at] = first));
  }
  return kin;
}

type Level = Subject["level"];

/** A level for each kin; where both levels are wanted, the last kin has the one that lacks. */
function levelsFor(kin: readonly number[], levels: Features["levels"], dice: Dice): ReadonlyMap<number, Level> {
  const all = [...new Set(kin)];
  if (levels !== "both") return new Map(all.map((one) => [one, levels === "admin" ? "ADMIN" : "USER"]));
  const given = new Map(all.map((one): [number, Level] => [one, dice.chance(0.3) ? "ADMIN" : "USER"]));
  const last = all.at(-1) ?? 0;
  const others = new Set([...given].filter(([one]) => one !== last).map(([, level]) => level));
  if (others.size === 1) given.set(last, others.has("ADMIN") ? "USER" : "ADMIN");
  return given;
}

/** The subjects of a world. The last one or two are strays: always one, and two where levels differ. */
export function makeSubjects(principals: readonly Principal[], plan: Plan): Subject[] {
  const { features, settings, dice } = plan;
  const columns = identityColumns(plan);
  const spelt = spelling(plan);
  const named = columns.flatMap((column) =>
    namesIn(column, principals, plan).map((name) => identityOf(columns, column, spelt(name))),
  );
  const everybody = features.stars === "everybody" || features.stars === "both" ? [identityOf(columns, "", "")] : [];
  const least = features.levels === "both" ? 2 : named.length === 0 ? 1 : 0;
  const strays = Array.from({ length: Math.max(least, dice.below(settings.mostStrays + 1)) }, (_, at) => {
    const column = dice.pick([columns[0] ?? "USERID", ...columns.slice(1)]);
    return identityOf(columns, column, spelt(strayIn(column, at)));
  });
  const identities = distinct([...everybody, ...named, ...strays]);
  const kin = kinOf(identities, principals);
  const levels = levelsFor(kin, features.levels, dice);
  return identities.map((identity, at) => ({
    identity,
    kin: kin[at] ?? at,
    level: levels.get(kin[at] ?? at) ?? "USER",
  }));
}
