/** Which users section access treats alike: their names select in the system fields, all at once, and rows give grants. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal } from "../../contract/types.ts";
import type { EncodedField } from "./columnar-encode.ts";
import { setBit, wordsFor } from "./columnar-masks.ts";
import { factorsOf, spreadOf, type FieldMasks } from "./columnar-propagation.ts";
import type { Rights } from "./columnar-rights.ts";
import { blockFor, blockRows, eachBit, maskRows } from "./columnar-words.ts";
import { standingOf } from "./identity.ts";
import { identityFields, namesOf, namingFields, type IdentityField } from "./names.ts";
import { isBlank, isStar, textOf, upperText } from "./values.ts";

/** Users put through the link graph together: 8 words of 32. */
export const mostTogether = 256;

/** The codes of a system field by what they mean for users. */
interface SystemCodes {
  readonly size: number;
  readonly stars: readonly number[];
  readonly blanks: readonly number[];
  readonly byText: ReadonlyMap<string, readonly number[]>;
}

function systemCodes({ values }: EncodedField): SystemCodes {
  const [stars, blanks, byText]: [number[], number[], Map<string, number[]>] = [[], [], new Map()];
  for (const [code, value] of values.entries()) {
    if (isBlank(value)) blanks.push(code);
    else if (isStar(value)) stars.push(code);
    else byText.set(textOf(value), [...(byText.get(textOf(value)) ?? []), code]);
  }
  return { size: values.length, stars, blanks, byText };
}

const codesOfRights = new WeakMap<Rights, ReadonlyMap<string, SystemCodes>>();

/** The system fields that section access holds, and their codes. */
function systemFieldsOf(rights: Rights, dialect: Dialect): ReadonlyMap<string, SystemCodes> {
  const known = codesOfRights.get(rights);
  if (known !== undefined) return known;
  const judged = [...namingFields(dialect), ...(dialect.serial === "ignored" ? [] : ["SERIAL"])];
  const held = judged.filter((field) => rights.tables.some((table) => table.fields.includes(field)));
  const found = new Map(held.map((field) => [field, systemCodes(rights.standing.field(field))]));
  codesOfRights.set(rights, found);
  return found;
}

function isIdentity(field: string): field is IdentityField {
  return identityFields.some((name) => name === field);
}

/** Who matches each code of a system field (SA-SYS-08, SA-WLD-01, SA-SYS-05). */
function matching(field: string, codes: SystemCodes, users: readonly Principal[], dialect: Dialect): FieldMasks {
  const words = wordsFor(users.length);
  const masks = new Uint32Array(codes.size * words);
  const everybody = (code: number): unknown => masks.fill(0xffff_ffff, code * words, (code + 1) * words);
  codes.stars.forEach(everybody);
  if (isIdentity(field)) {
    if (dialect.blankIdentity === "anybody") codes.blanks.forEach(everybody);
    for (const [user, who] of users.entries()) {
      const own = namesOf(who, dialect)[field].flatMap((name) => codes.byText.get(upperText(name)) ?? []);
      for (const code of own) setBit(masks, code * words, user);
    }
  } else if (dialect.serial === "qliksense") codes.byText.get("QLIKSENSE")?.forEach(everybody);
  return { selecting: new Uint32Array(words).fill(0xffff_ffff), masks };
}

/** Selections to be put through section access; a row applies that is possible under any of them (SA-ROW-01). */
function selectionsOf(
  all: ReadonlyMap<string, FieldMasks>,
  dialect: Dialect,
): readonly ReadonlyMap<string, FieldMasks>[] {
  if (dialect.rowMatch === "and" || all.size === 0) return [all];
  return [...all].map((one) => new Map([one]));
}

/** Grants of each user; equal lists for equal rights. */
function grantsTogether(rights: Rights, users: readonly Principal[], dialect: Dialect): readonly Set<number>[] {
  const words = wordsFor(users.length);
  const fields = [...systemFieldsOf(rights, dialect)];
  const all = new Map(fields.map(([field, codes]) => [field, matching(field, codes, users, dialect)]));
  const found = users.map(() => new Set<number>());
  const block = blockFor(words);
  for (const selection of selectionsOf(all, dialect)) {
    const spread = spreadOf(rights.standing, users.length, selection);
    for (const [table, { rows, grants }] of rights.rowsOf.entries()) {
      const factors = factorsOf(spread, table);
      for (let from = 0; from < rows.length; from += blockRows) {
        const length = Math.min(blockRows, rows.length - from);
        maskRows(block, factors, from, length);
        eachBit(block, length, (row, user) => found[user]?.add(grants[from + row] ?? 0));
      }
    }
  }
  return found;
}

/** The same by the arbiter's rows, for tables that codes cannot tell apart. */
function grantsByRows(rights: Rights, who: Principal, dialect: Dialect): Set<number> {
  const possible = standingOf(rights.tables, who, dialect).rows;
  const found = new Set<number>();
  for (const [table, { rows, grants }] of rights.rowsOf.entries()) {
    for (const [at, row] of rows.entries()) if (possible[table]?.[row] === true) found.add(grants[at] ?? 0);
  }
  return found;
}

/** Users with the same grants. */
export interface UserClass {
  readonly grants: readonly number[];
}

export interface Classified {
  readonly classes: readonly UserClass[];
  /** Position of the class, by user. */
  readonly classOf: readonly number[];
}

/** Groups users by what section access gives them. Throws `not-supported` for circular security tables. */
export function classify(rights: Rights, users: readonly Principal[], dialect: Dialect): Classified {
  const known = new Map<string, number>();
  const classes: UserClass[] = [];
  const classOf: number[] = [];
  for (let from = 0; from < users.length; from += mostTogether) {
    const together = users.slice(from, from + mostTogether);
    const found = rights.ambiguous
      ? together.map((who) => grantsByRows(rights, who, dialect))
      : grantsTogether(rights, together, dialect);
    for (const given of found) {
      const grants = [...given].sort((a, b) => a - b);
      const key = grants.join();
      const at = known.get(key) ?? classes.push({ grants }) - 1;
      known.set(key, at);
      classOf.push(at);
    }
  }
  return { classes, classOf };
}
