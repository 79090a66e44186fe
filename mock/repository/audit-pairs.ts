/** How much of an audit is looked at: pairs of user and resource, page by page, at most as many as the request allows. */
import type { Entity, Json } from "../../contract/types.ts";
import type { Fields } from "../fields.ts";
import { Refusal } from "./refusal.ts";

export interface Pair {
  readonly subject: Entity;
  readonly resource: Entity;
}

export interface Page {
  readonly pairs: readonly Pair[];
  readonly subjects: readonly Entity[];
  readonly resources: readonly Entity[];
  /** Set where the limit left pairs out: the id of the first subject not looked at in full. */
  readonly continues?: string;
}

/** A whole number from 0 on, `fallback` where the field is absent; anything else is refused. */
export function wholeAt(fields: Fields, name: string, fallback: number): number {
  const value: Json = fields[name] ?? fallback;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  throw new Refusal(400, `Invalid parameter value: ${name}`);
}

/** From the subject whose id is named on. */
function from(subjects: readonly Entity[], start: Json | undefined): readonly Entity[] {
  if (start === undefined) return subjects;
  const at = subjects.findIndex(({ id }) => id === start);
  if (at === -1) throw new Refusal(400, "Invalid parameter value: subjectStart");
  return subjects.slice(at);
}

/** Whole subjects as long as they fit; a subject whose resources do not fit is shown in part. */
export function pageOf(subjects: readonly Entity[], resources: readonly Entity[], fields: Fields): Page {
  const limit = wholeAt(fields, "auditLimit", 1000);
  const wanted = from(subjects, fields["subjectStart"]);
  const fitting = resources.length === 0 ? wanted.length : Math.floor(limit / resources.length);
  if (fitting >= wanted.length) return paired(wanted, resources);
  const whole = Math.max(fitting, Math.min(1, limit));
  const shown = fitting > 0 ? resources : resources.slice(0, limit);
  const next = wanted[fitting];
  return { ...paired(wanted.slice(0, whole), shown), ...(next === undefined ? {} : { continues: next.id }) };
}

function paired(subjects: readonly Entity[], resources: readonly Entity[]): Page {
  return {
    pairs: subjects.flatMap((subject) => resources.map((resource) => ({ subject, resource }))),
    subjects,
    resources,
  };
}

/** The part of a list an audit by rules asks for (`userSkip`, `userTake` …). */
export function window<T>(items: readonly T[], fields: Fields, kind: "user" | "resource"): readonly T[] {
  const skip = wholeAt(fields, `${kind}Skip`, 0);
  return items.slice(skip, skip + wholeAt(fields, `${kind}Take`, items.length));
}
