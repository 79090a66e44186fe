/** Step 3: what the applying rows select in the app's fields (§6–§8): OR inside a field, AND between fields. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Reason, RequirementId, Value } from "../../contract/types.ts";
import type { Cell } from "./access-model.ts";
import type { Standing } from "./identity.ts";
import type { Level } from "./names.ts";
import type { Selection } from "./propagation.ts";
import {
  dataKeys,
  expandStars,
  listedFor,
  reducingFields,
  type Asking,
  type ReducingField,
} from "./reducing-fields.ts";
import { reason, whyCaseMisses, whyScope, whyUnlinked, whyValues } from "./reducing-reasons.ts";
import { borderKey, isBlank, isStar, textOf } from "./values.ts";

/** What one reducing field comes to; `missed`: no value matches and that is not forgiven. */
export type FieldDecision =
  | { readonly kind: "values"; readonly keys: ReadonlySet<string>; readonly because: readonly Reason[] }
  | { readonly kind: "unrestricted" | "missed"; readonly because: readonly Reason[] };

export type ReducingSelection =
  | { readonly granted: true; readonly selection: Selection; readonly because: readonly Reason[] }
  | { readonly granted: false; readonly because: readonly Reason[] };

/** Whether a user whose field matches nothing is let in unreduced by it (§8). */
export function forgives(level: Level, blankOnly: boolean, dialect: Dialect): boolean {
  // SA-ACC-04: a blank never restricts ADMIN; the switch is about values the data lack. SA-STR-05: elsewhere ADMIN is USER.
  if (level === "ADMIN" && dialect.adminLevel === "admin") return blankOnly || dialect.adminNoMatch === "all";
  return (blankOnly && dialect.userBlank === "all") || !dialect.strict;
}

function whyMissed(level: Level, blankOnly: boolean, dialect: Dialect): RequirementId {
  if (level === "ADMIN" && dialect.adminLevel === "user") return "SA-STR-05";
  if (level === "ADMIN") return blankOnly ? "SA-ACC-04" : "SA-STR-04";
  if (!dialect.strict) return "SA-STR-06";
  return blankOnly ? "SA-STR-03" : "SA-STR-02";
}

const emptyKey = "t";

function listsNothing(field: ReducingField, cell: Cell, asking: Asking): boolean {
  return isStar(cell.value) && listedFor(field.name, cell, asking).length === 0;
}

/** Readings under which a field does not bound the user whatever the data hold. */
function whyUnbounded(field: ReducingField, blank: boolean, asking: Asking): Reason | undefined {
  const { level, dialect } = asking;
  const admin = level === "ADMIN" && dialect.adminLevel === "admin";
  if (admin && !dialect.adminReduced) return reason("SA-ACC-03", "ADMIN sees all data");
  if (dialect.loneStar === "everything" && field.cells.some((cell) => listsNothing(field, cell, asking))) {
    return reason("SA-WLD-05", `* of ${field.name} lists nothing, which is no bound`);
  }
  if (admin && blank && dialect.adminBlankBesideValue === "all") {
    return reason("SA-STR-10", `a blank ${field.name} opens everything to ADMIN`);
  }
  return undefined;
}

/** The decision table of §8 for one field. */
export function decideField(field: ReducingField, asking: Asking): FieldDecision {
  const { dialect } = asking;
  const inData = dataKeys(asking.app, field.appFields, dialect);
  // SA-RED-09: a blank is a value where the data hold the empty text, if the release matches the two at all.
  const emptyCounts = dialect.emptyText === "value" && inData.has(emptyKey);
  const counts = ({ value }: Cell): boolean => emptyCounts && value === "";
  const blank = field.cells.some((cell) => isBlank(cell.value) && !counts(cell));
  const unbounded = whyUnbounded(field, blank, asking);
  if (unbounded !== undefined) return { kind: "unrestricted", because: [unbounded] };

  const starred = expandStars(field.name, field.cells, asking);
  const listed = field.cells.some(counts) ? [...starred, ""] : starred;
  const keys = new Set(listed.map((value) => borderKey(value, dialect) ?? "").filter((key) => inData.has(key)));
  if (keys.size === 0) return decideUnmatched(field, listed, asking);
  return { kind: "values", keys, because: whyValues(field, listed, { ...asking, keys, inData, blank }) };
}

function decideUnmatched(field: ReducingField, listed: readonly Value[], asking: Asking): FieldDecision {
  const { level, dialect } = asking;
  const blankOnly = field.cells.every((cell) => isBlank(cell.value));
  const requirement = whyMissed(level, blankOnly, dialect);
  const found = blankOnly ? "blank" : listed.length === 0 ? "*, and nothing is listed" : listed.map(textOf).join(", ");
  const because = [
    reason(requirement, `${field.name} is ${found}: no value of the data`),
    ...whyCaseMisses(field, listed, asking),
  ];
  if (!blankOnly && listed.length === 0) because.push(reason("SA-WLD-05", `* of ${field.name} lists nothing`));
  return { kind: forgives(level, blankOnly, dialect) ? "unrestricted" : "missed", because };
}

/** All reducing fields together: refused, or the selection to spread through the app. */
export function reducingSelection(standing: Standing, asking: Asking): ReducingSelection {
  const { dialect } = asking;
  const decided = reducingFields(standing, asking).map((field) => ({ field, decision: decideField(field, asking) }));
  const missed = decided.filter(({ decision }) => decision.kind === "missed");
  const refused =
    dialect.strictScope === "perField" ? missed.length > 0 : missed.length > 0 && missed.length === decided.length;
  if (refused) {
    return {
      granted: false,
      because: [...missed.flatMap(({ decision }) => decision.because), ...whyScope(missed.length, decided.length)],
    };
  }
  const selection = new Map<string, (value: Value) => boolean>();
  for (const { field, decision } of decided) {
    if (decision.kind !== "values") continue;
    const allows = (value: Value): boolean => decision.keys.has(borderKey(value, dialect) ?? "");
    for (const name of field.appFields) selection.set(name, allows);
  }
  const because = decided.flatMap(({ decision }) => decision.because);
  if (selection.size > 1)
    because.push(reason("SA-RED-04", `${[...selection.keys()].join(" and ")} must both fit; pairs are not kept`));
  return {
    granted: true,
    selection,
    because: [...because, ...whyScope(missed.length, decided.length), ...whyUnlinked(asking)],
  };
}
