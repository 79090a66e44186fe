/** What `explain` answers: plain data for a person or a program. Rows are counted from 1, as people count. */
import type { Place } from "../../contract/errors.ts";
import type { Reason, Value } from "../../contract/types.ts";

/** A row of section access; `place` is its line in the script or in a file, where it can be known. */
export interface AccessRowRef {
  readonly table: string;
  readonly row: number;
  readonly place?: Place;
}

/** One of its cells, with the value as written. */
export interface AccessCellRef extends AccessRowRef {
  readonly field: string;
  readonly value: Value;
}

export interface ApplyingRow extends AccessRowRef {
  readonly cells: { readonly [field: string]: Value };
}

/** A row that does not name the user, and the cells it fails by. */
export interface NearRow extends AccessRowRef {
  readonly failed: readonly AccessCellRef[];
  /** What nearly matches, or what else keeps the row from applying. */
  readonly hint?: string;
}

export interface Refusal {
  readonly step: "no-row" | "no-level" | "no-value" | "no-record";
  readonly because: readonly Reason[];
  /** Of `no-row` and `no-level`: the rows that come nearest, the nearest first. */
  readonly nearest: readonly NearRow[];
  /** Of `no-value`: the reducing fields none of whose values is in the data, and the cells that say them. */
  readonly fields: readonly { readonly field: string; readonly cells: readonly AccessCellRef[] }[];
}

/** What a reducing field lets through. */
export interface FieldSelection {
  readonly field: string;
  readonly in: readonly string[];
  readonly unrestricted: boolean;
  /** Values of the data that are selected; none listed where the field is unrestricted. */
  readonly values: readonly Value[];
  readonly cells: readonly AccessCellRef[];
  readonly because: readonly Reason[];
}

export interface PathStop {
  readonly table: string;
  readonly row: number;
  /** Field values over which it associates with the stop before. */
  readonly via: { readonly [field: string]: Value };
}

/** A way from a row of the app to a value of a reducing field. */
export interface Chain {
  readonly field: string;
  readonly value: Value;
  readonly path: readonly PathStop[];
  /** The cells of section access that allow the value; none: nothing allows it. */
  readonly cells: readonly AccessCellRef[];
}

export interface RowExplanation {
  readonly table: string;
  readonly row: number;
  readonly values: { readonly [field: string]: Value };
  readonly shown: boolean;
  /** Of a row that is shown: a chain of rows, all of them shown, to an allowed value of each field that selects. */
  readonly letThrough: readonly Chain[];
  /** Of a row that is not: fields that stop it, alone or only together, and what it reaches in them. */
  readonly stoppedBy: readonly string[];
  readonly together: boolean;
  readonly reaches: readonly Chain[];
  readonly because: readonly Reason[];
}

export interface FieldExplanation {
  readonly field: string;
  readonly shown: boolean;
  /** The cells of OMIT that hide it. */
  readonly hiddenBy: readonly AccessCellRef[];
  readonly because: readonly Reason[];
}

/** A change that was made on a copy of the app and seen to turn the answer round. */
export interface Change {
  /** One instruction an edit. */
  readonly edits: readonly string[];
  /** One for a cell, a row removed, a membership or a spelling; two for a new row. */
  readonly size: number;
  readonly verified: true;
}

export interface Flip {
  /** What becomes of the answer. */
  readonly to: string;
  /** The smallest first; empty when none was found. */
  readonly changes: readonly Change[];
  readonly tried: number;
  /** Whether everything within the scope was tried, or the search was cut. */
  readonly complete: boolean;
}

export interface Explanation {
  readonly user: string;
  readonly access: "granted" | "denied";
  readonly level?: "ADMIN" | "USER" | "OPEN";
  readonly applies: readonly ApplyingRow[];
  readonly refused?: Refusal;
  readonly selects: readonly FieldSelection[];
  readonly omitted: readonly string[];
  readonly row?: RowExplanation;
  readonly field?: FieldExplanation;
  /** Everything the reference gives as reason for its answer. */
  readonly because: readonly Reason[];
  readonly flip: Flip;
}
