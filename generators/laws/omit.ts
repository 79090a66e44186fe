/** Laws about OMIT. */
import type { Principal } from "../../contract/types.ts";
import { naming, type LawAsk, type Law, same, noMore } from "./posing.ts";
import {
  type Row,
  type Setting,
  said,
  column,
  isStar,
  reducingFields,
  listed,
  namingFields,
  ownRows,
  isPlainUser,
  withRows,
  withoutColumns,
  without,
  withoutOmit,
  rewritten,
  named,
} from "./setting.ts";

const plain = { reading: naming, oneTable: false, guardedFor: "", guard: (): boolean => true } as const;

const omitGrows: Law = {
  ...plain,
  id: "S7",
  says: "shows no hidden field again after a further row",
  because: ["SA-OMT-02"],
  guardedFor: "who was refused sees no field at all until a row lets him in",
  guard: (setting, who) => isPlainUser(setting, who) && ownRows(setting, who).length > 0,
  pose: (given, who) => {
    // Without reducing columns nobody with a row is refused, so that fields alone tell.
    const reducing = reducingFields(given);
    const setting = withoutColumns(given, (field) => reducing.includes(field));
    const { access } = setting;
    if (column(access, "OMIT") < 0 || namingFields(setting).length === 0) return undefined;
    const more = rewritten(access, access.rows[0] ?? [], { ...named(setting, who), ACCESS: "USER", OMIT: "" });
    return noMore(setting, withRows(setting, [more, ...access.rows]), who, { through: "fields" });
  },
};

/** Names OMIT may hide from him: those of his rows, or for a star all that are listed. */
function hidden({ access }: Setting, rows: readonly Row[]): ReadonlySet<string> {
  const cells = rows.map((row) => row[column(access, "OMIT")]);
  const all = cells.some(isStar) ? listed(access, "OMIT") : cells.filter((cell) => cell !== "" && cell !== null);
  return new Set(all.map(said));
}

function isKey({ app }: Setting, field: string): boolean {
  return app.filter(({ fields }) => fields.includes(field)).length > 1;
}

/** Only fields that neither reduce nor link are hidden, and some field of each table stays. */
function hidesOnlyContents(setting: Setting, who: Principal): boolean {
  const names = hidden(setting, ownRows(setting, who));
  const held = setting.app.flatMap(({ fields }) => fields).filter((field) => names.has(field.toUpperCase()));
  return (
    held.every((field) => !isKey(setting, field) && !reducingFields(setting).includes(field)) &&
    setting.app.every(({ fields }) => fields.some((field) => !names.has(field.toUpperCase())))
  );
}

const omitLeavesRows: Law = {
  ...plain,
  id: "S6",
  says: "shows as many rows and values beside hidden fields as without OMIT",
  because: ["SA-OMT-12"],
  guardedFor: "whether a hidden reducing or linking field still reduces or links is not documented",
  guard: hidesOnlyContents,
  pose: (setting, who) => {
    if (hidden(setting, ownRows(setting, who)).size === 0) return undefined;
    const ask = (id: string, at: string): LawAsk => ({ id, at, as: who, through: "counts" });
    return {
      worlds: { main: setting, other: withoutOmit(setting) },
      asks: [ask("before", "main"), { ...ask("after", "other"), relation: { holds: "consistent", to: ["before"] } }],
    };
  },
};

const omitIsAbsence: Law = {
  ...plain,
  id: "S26",
  says: "shows what an app without the hidden fields shows",
  because: ["SA-OMT-08"],
  reading: { ...naming, omitNameMatch: "caseInsensitive", omitStar: "anywhere" },
  guardedFor: "an app without a reducing or linking field reduces and links otherwise",
  guard: hidesOnlyContents,
  pose: (setting, who) => {
    const names = hidden(setting, ownRows(setting, who));
    if (names.size === 0) return undefined;
    const app = setting.app.map((table) => without(table, (field) => names.has(field.toUpperCase())));
    return same(setting, { ...withoutOmit(setting), app }, who);
  },
};

export const lawsOfOmit: readonly Law[] = [omitLeavesRows, omitGrows, omitIsAbsence];
