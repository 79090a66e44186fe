/** Gains of a comparison, and the approvals that cover them: an approval that covers nothing is stale. */
import { ConformanceError } from "../../contract/errors.ts";
import { parseJson, placeOf, type Path } from "../../contract/json-text.ts";
import type { Json } from "../../contract/types.ts";
import type { Difference } from "./compare.ts";

/** What a user has afterwards and had not before. Who gains the app gains what he sees in it. */
export type Gain = { readonly user: string; readonly groups: readonly string[]; readonly app: string } & (
  | { readonly gain: "app" }
  | { readonly gain: "field"; readonly field: string }
  | { readonly gain: "rows"; readonly table: string; readonly count: number }
);

export function gainsOf({ user, groups, access, fields, tables }: Difference, app: string): readonly Gain[] {
  const base = { user, groups, app };
  if (access.after !== "granted") return [];
  if (access.before !== "granted") return [{ ...base, gain: "app" }];
  return [
    ...fields.gained.map((field): Gain => ({ ...base, gain: "field", field })),
    ...tables
      .filter(({ gained }) => gained.length > 0)
      .map(({ table, gained }): Gain => ({ ...base, gain: "rows", table, count: gained.length })),
  ];
}

/** One entry of an approval file. */
export interface Approval {
  /** Either a user, `DIRECTORY\id`, or a group all of whose members are meant. */
  readonly user?: string;
  readonly group?: string;
  /** Absent: every app compared. */
  readonly app?: string;
  readonly gain: Gain["gain"];
  readonly table?: string;
  readonly field?: string;
  readonly reason: string;
}

function same(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

export function covers(approval: Approval, gain: Gain): boolean {
  const who = same(approval.user, gain.user) || gain.groups.some((group) => same(approval.group, group));
  if (!who || approval.gain !== gain.gain || (approval.app !== undefined && approval.app !== gain.app)) return false;
  switch (gain.gain) {
    case "app":
      return true;
    case "field":
      return approval.field === gain.field;
    case "rows":
      return approval.table === gain.table;
  }
}

export interface Weighed {
  readonly open: readonly Gain[];
  readonly approved: readonly { readonly gain: Gain; readonly reason: string }[];
  readonly stale: readonly Approval[];
}

/** Each gain with the approval that covers it, if any; approvals that cover none are stale. */
export function weigh(gains: readonly Gain[], approvals: readonly Approval[]): Weighed {
  const found = gains.map((gain) => ({ gain, by: approvals.find((approval) => covers(approval, gain)) }));
  return {
    open: found.filter(({ by }) => by === undefined).map(({ gain }) => gain),
    approved: found.flatMap(({ gain, by }) => (by === undefined ? [] : [{ gain, reason: by.reason }])),
    stale: approvals.filter((approval) => !gains.some((gain) => covers(approval, gain))),
  };
}

const kinds = ["app", "field", "rows"] as const;
const keys = ["user", "group", "app", "gain", "table", "field", "reason"] as const;

interface Source {
  readonly text: string;
  readonly file: string;
}

function refuse({ text, file }: Source, path: Path, message: string, expected: string): ConformanceError {
  const remedy = "docs/guides/check-before-release.md shows an approval file";
  return new ConformanceError("input", message, { file, ...placeOf(text, path), expected, remedy });
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

type Texts = { readonly [key in (typeof keys)[number]]?: string };

function textsOf(item: Json, path: Path, source: Source): Texts {
  if (!isRecord(item)) throw refuse(source, path, "an approval is no object", '{"user": …, "gain": …, "reason": …}');
  const texts: { [key in (typeof keys)[number]]?: string } = {};
  for (const [name, value] of Object.entries(item)) {
    const key = keys.find((known) => known === name);
    if (key === undefined)
      throw refuse(source, [...path, name], `an approval has no ${JSON.stringify(name)}`, `one of ${keys.join(", ")}`);
    if (typeof value !== "string" || value === "")
      throw refuse(source, [...path, name], `${JSON.stringify(name)} is no text`, "a text");
    texts[key] = value;
  }
  return texts;
}

const needs: { readonly [kind in Gain["gain"]]: "table" | "field" | undefined } = {
  app: undefined,
  field: "field",
  rows: "table",
};

function approvalOf(item: Json, path: Path, source: Source): Approval {
  const texts = textsOf(item, path, source);
  const { reason, user, group } = texts;
  if ((user === undefined) === (group === undefined))
    throw refuse(source, path, "an approval names one user or one group", '"user": "CORP\\\\ann", or "group": "SALES"');
  if (reason === undefined) throw refuse(source, path, "an approval has no reason", '"reason": why this gain is meant');
  const gain = kinds.find((kind) => kind === texts.gain);
  if (gain === undefined)
    throw refuse(source, path, "an approval says no kind of gain", `"gain": one of ${kinds.join(", ")}`);
  const wanted = needs[gain];
  const other = (["table", "field"] as const).find((key) => key !== wanted && texts[key] !== undefined);
  if (wanted !== undefined && texts[wanted] === undefined)
    throw refuse(source, path, `an approval of ${gain} names no ${wanted}`, `"${wanted}": its name`);
  if (other !== undefined)
    throw refuse(source, [...path, other], `"${other}" does not go with "gain": "${gain}"`, "an approval without it");
  return { ...texts, gain, reason };
}

/** Reads `{"approved": [ … ]}`. Throws `input` with file, line and column. */
export function parseApprovals(text: string, file: string): readonly Approval[] {
  const source = { text, file };
  const value = parseJson(text, file);
  const list = isRecord(value) ? value["approved"] : undefined;
  if (!isRecord(value) || !Array.isArray(list))
    throw refuse(source, [], 'there is no list "approved"', '{"approved": [ … ]}');
  const stray = Object.keys(value).find((key) => key !== "approved");
  if (stray !== undefined) throw refuse(source, [stray], `there is a key ${JSON.stringify(stray)}`, '"approved" alone');
  return list.map((item: Json, at) => approvalOf(item, ["approved", at], source));
}
