/** Reads cases, sites and run records from text, and says where and what is wrong when they do not fit. */
import type { z } from "zod";
import { ConformanceError } from "./errors.ts";
import type { RunMeta, RunRecord } from "./run.ts";
import type { Ask, Case, Site } from "./types.ts";
import { caseParser } from "./case-parsers.ts";
import { siteParser } from "./site-parsers.ts";
import { runMetaParser, runRecordParser } from "./run-parsers.ts";
import { describeIssue } from "./issues.ts";
import type { Misfit } from "./issues.ts";
import { parseJson, placeOf } from "./json-text.ts";

/** A case file. Throws `input` with file, line and column for anything that is not a case. */
export function parseCase(text: string, file: string): Case {
  const read = readAs(caseParser, text, file, "a case");
  const dangling = danglingReference(read);
  if (dangling !== undefined) throw misfitError(dangling, text, file);
  return read;
}

/** A site file. Throws `input` with file, line and column for anything that is not a site. */
export function parseSite(text: string, file: string): Site {
  return readAs(siteParser, text, file, "a site");
}

/** A run record (`run.json`). Throws `input` with file, line and column. */
export function parseRunRecord(text: string, file: string): RunRecord {
  return readAs(runRecordParser, text, file, "a run record");
}

/** What may differ between two equal runs (`run.meta.json`). Throws `input` with file, line and column. */
export function parseRunMeta(text: string, file: string): RunMeta {
  return readAs(runMetaParser, text, file, "a run's meta data");
}

/** The parsers check and change nothing: the value read keeps the order of its keys, and is written again as it was. */
function fits<T>(parser: z.ZodType<T>, value: unknown): value is T {
  return parser.safeParse(value).success;
}

function readAs<T>(parser: z.ZodType<T>, text: string, file: string, what: string): T {
  const value: unknown = parseJson(text, file);
  if (fits(parser, value)) return value;
  const read = parser.safeParse(value);
  if (read.success) return read.data;
  const [first, ...others] = read.error.issues;
  if (first === undefined) throw new ConformanceError("input", `not ${what}`, { file });
  const misfit = describeIssue(first);
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  throw misfitError({ ...misfit, message: `not ${what}: ${misfit.message}${more}` }, text, file);
}

function misfitError(misfit: Misfit, text: string, file: string): ConformanceError {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const { message, expected, path } = misfit;
  const details = { file, ...placeOf(plain, path), remedy: "correct the file at this place" };
  return new ConformanceError("input", message, expected === undefined ? details : { ...details, expected });
}

/** What no schema says: ask ids are unique, and every name an ask uses stands in the same case. */
function danglingReference(read: Case): Misfit | undefined {
  const ids = new Set<string>();
  for (const [index, ask] of read.asks.entries()) {
    if (ids.has(ask.id))
      return askMisfit(index, ["id"], `the ask id ${JSON.stringify(ask.id)} stands twice`, "another id");
    ids.add(ask.id);
  }
  for (const [index, ask] of read.asks.entries()) {
    const found = danglingName(ask, index, read, ids);
    if (found !== undefined) return found;
  }
  return undefined;
}

function danglingName(ask: Ask, index: number, read: Case, ids: ReadonlySet<string>): Misfit | undefined {
  const askNames = `another ask of the case (${[...ids].join(", ")})`;
  if (ask.at !== undefined && !Object.hasOwn(read.sites, ask.at)) {
    const sites = `one of ${Object.keys(read.sites).join(", ")}`;
    return askMisfit(index, ["at"], `no site is called ${JSON.stringify(ask.at)}`, sites);
  }
  if (ask.contrast !== undefined && (ask.contrast === ask.id || !ids.has(ask.contrast))) {
    return askMisfit(index, ["contrast"], `${JSON.stringify(ask.contrast)} is no contrast`, askNames);
  }
  const lost = ask.expected.kind === "relation" ? ask.expected.to.findIndex((id) => !ids.has(id)) : -1;
  return lost === -1 ? undefined : askMisfit(index, ["expected", "to", lost], "relates to an ask not there", askNames);
}

function askMisfit(ask: number, path: readonly (string | number)[], message: string, expected: string): Misfit {
  return { path: ["asks", ask, ...path], message: `asks[${ask}]: ${message}`, expected };
}
