/** Why a user sees what he sees of an app with section access, and the smallest change after which he would not. */
import type { Dialect } from "../../catalogue/dialects.ts";
import { fullName } from "../../reference/section-access/names.ts";
import type { Reduce, Reduction } from "../../reference/section-access/types.ts";
import { describeEdit, sizeOf, type World } from "./edits.ts";
import { applying, refusalOf, selections, type Explaining } from "./explain-access.ts";
import { explainField, explainRow } from "./explain-rows.ts";
import type { Explanation, FieldExplanation, Flip, RowExplanation } from "./explanation.ts";
import type { PlaceOf } from "./places.ts";
import { smallestChange } from "./smallest-change.ts";
import { situationOf } from "./situation.ts";
import { shownRows, tagged, type Target } from "./targets.ts";

export interface ExplainOptions {
  readonly reduce: Reduce;
  readonly dialect: Dialect;
  readonly placeOf: PlaceOf;
  /** Most changed worlds to reduce in search of a change that flips the answer. */
  readonly tries?: number;
}

function answerAbout(target: Target, granted: boolean, shown: boolean): string {
  if (target.kind === "access") return granted ? "denied" : "granted";
  return shown ? "not shown" : "shown";
}

function flipOf(world: World, target: Target, to: string, options: ExplainOptions): Flip {
  const { found, tried, cut } = smallestChange(world, target, options);
  const changes = found.map((edits) => ({
    edits: edits.map((edit) => describeEdit(edit, world, options.placeOf)),
    size: sizeOf(edits),
    verified: true as const,
  }));
  return { to, changes, tried, complete: !cut };
}

/** An app without section access: everybody sees everything, and no change of rights alters that. */
function openTo(world: World, target: Target, reduction: Reduction): Explanation {
  const row = target.kind === "row" ? openRow(world, target) : undefined;
  const field: FieldExplanation | undefined =
    target.kind === "field"
      ? { field: target.field, shown: true, hiddenBy: [], because: reduction.because }
      : undefined;
  return {
    user: fullName(world.who),
    access: "granted",
    level: "OPEN",
    applies: [],
    selects: [],
    omitted: [],
    ...(row === undefined ? {} : { row: { ...row, because: reduction.because } }),
    ...(field === undefined ? {} : { field }),
    because: reduction.because,
    flip: { to: answerAbout(target, true, true), changes: [], tried: 0, complete: true },
  };
}

function openRow({ loaded }: World, target: Target & { readonly kind: "row" }): RowExplanation {
  const table = loaded.app[target.table];
  const row = table?.rows[target.row] ?? [];
  return {
    table: table?.name ?? "",
    row: target.row + 1,
    values: Object.fromEntries((table?.fields ?? []).map((field, column) => [field, row[column] ?? null])),
    shown: true,
    letThrough: [],
    stoppedBy: [],
    together: false,
    reaches: [],
    because: [],
  };
}

/** The answer about one user and one target, told with its reasons. */
export function explain(world: World, target: Target, options: ExplainOptions): Explanation {
  const reduction = options.reduce(world.loaded, world.who, options.dialect);
  const situation = situationOf(world, options.dialect);
  if (situation === undefined) return openTo(world, target, reduction);
  const explaining: Explaining = { situation, placeOf: options.placeOf };
  const base = { user: fullName(world.who), applies: applying(explaining), because: reduction.because };
  if (reduction.access === "denied") {
    return {
      ...base,
      access: "denied",
      refused: refusalOf(explaining, reduction.because),
      selects: selections(explaining),
      omitted: [],
      flip: flipOf(world, target, answerAbout(target, false, false), options),
    };
  }
  const told = about(explaining, world, target, options);
  return {
    ...base,
    access: "granted",
    level: reduction.level,
    selects: selections(explaining),
    omitted: reduction.omitted,
    ...told,
    flip: flipOf(world, target, answerAbout(target, true, (told.row ?? told.field)?.shown ?? true), options),
  };
}

function about(
  explaining: Explaining,
  world: World,
  target: Target,
  options: ExplainOptions,
): Pick<Explanation, "row" | "field"> {
  switch (target.kind) {
    case "access":
      return {};
    case "field":
      return { field: explainField(explaining, target.field) };
    case "row": {
      const view = options.reduce(tagged(world.loaded), world.who, options.dialect);
      return { row: explainRow(explaining, target, shownRows(view, target.table).has(target.row)) };
    }
  }
}
