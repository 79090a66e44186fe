/** A user's own selection: it spreads like the one section access makes, so the same query says what it leaves (SA-SCR-09). */
import type { Value } from "../../contract/types.ts";
import { textAt, type Fields } from "../fields.ts";
import { evaluateAccess } from "./evaluate.ts";
import { engineSeams, type EngineSeams } from "./seams.ts";
import type { EngineContext, OpenDocument } from "./session.ts";
import type { View } from "./view.ts";

/** Names and values as they are written, nobody's names, and no upper case. */
function asSelected(seams: EngineSeams): EngineSeams {
  return {
    ...engineSeams,
    upperCased: (text) => text,
    reduces: () => "f.name = a.field",
    crosses: seams.crosses,
    carries: seams.carries,
  };
}

function valueOf(given: Fields): Value {
  const number = given["qNumber"];
  return given["qIsNumeric"] === true && typeof number === "number" ? number : textAt(given, "qText");
}

/** Stands for the selected field, which may have the name of a system field. */
const alias = "SELECTED FIELD";

const nobody = { directory: "", id: "", groups: [], attributes: {}, session: {} };

/** What the selection made so far and these values of one more field leave of the user's tables. */
export async function selectionOf(
  { apps, dialect, seams }: EngineContext,
  { appId, view, selected = view }: OpenDocument,
  { field, given }: { readonly field: string; readonly given: readonly Fields[] },
): Promise<View> {
  const loose = new Set((apps.get(appId).data?.app ?? []).flatMap((table) => (table.loosened ? [table.name] : [])));
  const tables = selected.map((table) => ({
    ...table,
    fields: table.fields.map((name) => (name === field ? alias : name)),
    loosened: loose.has(table.name),
  }));
  const rows = given.map((value) => ["USER", "*", valueOf(value)]);
  const chosen = {
    name: "Selection",
    fields: ["ACCESS", "GROUP", alias],
    rows,
    inline: rows.map(() => true),
  };
  const [answer] = await evaluateAccess(
    [{ app: { access: [chosen], app: tables }, who: nobody }],
    { ...dialect, adminReduced: true, strict: true, publishedRequired: false, systemFieldsReduce: false },
    asSelected(seams),
  );
  const left = selected.map((table, at) => ({
    ...table,
    rows: answer?.access === "granted" ? (answer.tables[at]?.rows ?? []) : table.rows,
  }));
  return seams.shownUnderSelection(left, selected, [field]);
}
