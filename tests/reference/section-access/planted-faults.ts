/** Wrong eyes, one wrong each: what laws must notice. Each wraps what the specification sees. */
import type { Value } from "../../../contract/types.ts";
import type { AccessTable } from "../../../reload/model.ts";
import {
  column,
  documented,
  ownRows,
  reducingFields,
  seeing,
  withoutColumns,
  withRows,
  type Row,
  type See,
  type Seen,
  type Setting,
} from "./law-worlds.ts";

const see = seeing(documented);

function rewriteRows(change: (row: Row, access: AccessTable) => Row): See {
  return (setting, who) => {
    const rows = setting.access.rows.map((row) => change(row, setting.access));
    return see({ ...setting, access: withRows(setting.access, rows) }, who);
  };
}

/** Only the last row that names the user counts. */
export const lastRowOnly: See = (setting, who) => {
  const mine = ownRows(setting, who);
  const kept = setting.access.rows.filter((row) => !mine.includes(row) || row === mine.at(-1));
  return see({ ...setting, access: withRows(setting.access, kept) }, who);
};

/** Every row names everybody. */
export const rowsOfAnybody: See = rewriteRows((row, access) =>
  row.map((value, at): Value => (["USERID", "GROUP", "NTNAME"].includes(access.fields[at] ?? "") ? "*" : value)),
);

/** Users match by a common beginning of their names. */
export const prefixMatch: See = (setting, who) => {
  const name = `${who.directory}\\${who.id}`.toUpperCase();
  const at = column(setting.access, "USERID");
  const rows = setting.access.rows.map((row) => {
    const cell = row[at];
    return typeof cell === "string" && cell !== "*" && name.startsWith(cell.toUpperCase()) ? row.with(at, name) : row;
  });
  return see({ ...setting, access: withRows(setting.access, rows) }, who);
};

/** A star is a letter. */
export const literalStar: See = rewriteRows((row, access) =>
  row.map((value, at): Value =>
    value === "*" && !["USERID", "GROUP", "NTNAME", "SERIAL"].includes(access.fields[at] ?? "") ? "STAR" : value,
  ),
);

function union(a: Seen, b: Seen): Seen {
  if (a === undefined || b === undefined) return a ?? b;
  const rows = new Map(a.rows);
  for (const [row, times] of b.rows) rows.set(row, Math.max(times, rows.get(row) ?? 0));
  return { rows, fields: new Set([...a.fields].filter((field) => b.fields.has(field))) };
}

/** The pairs of a row are kept: each row is a view of its own. */
export const rowByRow: See = (setting, who) =>
  ownRows(setting, who)
    .map((row) =>
      see(
        {
          ...setting,
          access: withRows(
            setting.access,
            setting.access.rows.filter((other) => other === row || !ownRows(setting, who).includes(other)),
          ),
        },
        who,
      ),
    )
    .reduce(union, undefined);

/** Section access is taken as it is written. */
export const neverRaised: See = (setting, who) =>
  seeing({ ...documented, saUpper: "inlineOnly" })(
    { ...setting, access: { ...setting.access, inline: setting.access.rows.map(() => false) } },
    who,
  );

/** Whoever loses a field loses his last record with it. */
export const omitTakesRows: See = (setting, who) => {
  const seen = see(setting, who);
  const whole = see({ ...setting, access: withoutColumns(setting.access, (field) => field === "OMIT") }, who);
  if (seen === undefined || whole === undefined || seen.fields.size === whole.fields.size) return seen;
  return { ...seen, rows: new Map([...seen.rows].slice(0, -1)) };
};

/** A record in which NORTH, C1 or 1 stands is never shown. */
export const hiddenValue: See = (setting, who) => {
  const seen = see(setting, who);
  if (seen === undefined) return undefined;
  return { ...seen, rows: new Map([...seen.rows].filter(([row]) => !/"NORTH"|"C1"|,1[,\]]/.test(row))) };
};

/** Without reducing columns nobody is let in. */
export const needsColumns: See = (setting, who) =>
  reducingFields(setting).length === 0 ? undefined : see(setting, who);

/** Unknown people get what the first row gives. */
export const firstRowForAll: See = (setting, who) => {
  const seen = see(setting, who);
  const [first] = setting.access.rows;
  if (seen !== undefined || first === undefined) return seen;
  return rowsOfAnybody({ ...setting, access: withRows(setting.access, [first]) }, who);
};

/** Whoever asks gets the answer of who asked before. */
export function answerOfTheLast(): See {
  let last: Seen;
  return (setting, who) => {
    const answer = last;
    last = see(setting, who);
    return answer ?? last;
  };
}

/** ADMIN sees nothing but what USER rows give. */
export const adminIsNobody: See = (setting, who) => {
  const at = column(setting.access, "ACCESS");
  return see(
    {
      ...setting,
      access: withRows(
        setting.access,
        setting.access.rows.filter((row) => row[at] !== "ADMIN"),
      ),
    },
    who,
  );
};

/** Every look costs a record. */
export const lossy: See = (setting: Pick<Setting, "access" | "app">, who) =>
  see({ ...setting, app: setting.app.map((table) => ({ ...table, rows: table.rows.slice(1) })) }, who);
