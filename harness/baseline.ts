/** Known failures of one target, each with its reason. They are still played; an entry that fails no longer is stale. */
import { ConformanceError } from "../contract/errors.ts";
import type { Finding, RunRecord } from "../contract/run.ts";

export interface BaselineEntry {
  /** A finding's key, or a requirement id for all its findings. */
  readonly key: string;
  readonly reason: string;
}

export interface Baseline {
  /** Failures nobody expected. */
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** Entries whose failure was not seen; each fails the run. */
  readonly stale: readonly BaselineEntry[];
  /** The run's exit code with the baseline in force. */
  readonly exitCode: RunRecord["exitCode"];
}

/** Reads `# reason` lines followed by one key a line. Throws `input` for a key without reason or standing twice. */
export function parseBaseline(text: string, file: string): readonly BaselineEntry[] {
  const entries: BaselineEntry[] = [];
  let reason = "";
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const words = line.trim();
    if (words.startsWith("#")) reason = words.slice(1).trim();
    if (words === "") reason = "";
    if (words === "" || words.startsWith("#")) continue;
    const place = { file, line: index + 1, column: 1 };
    if (reason === "") {
      throw new ConformanceError("input", `${words} has no reason`, { ...place, expected: "a line `# why` above it" });
    }
    if (entries.some(({ key }) => key === words)) {
      throw new ConformanceError("input", `${words} stands twice`, { ...place, remedy: "remove one of the two" });
    }
    entries.push({ key: words, reason });
  }
  return entries;
}

function covers(entry: BaselineEntry, finding: Finding): boolean {
  return entry.key === finding.key || finding.requirements.some((id) => id === entry.key);
}

/** Weighs a run against its baseline: known failures do not fail, stale entries do; doubt and tool errors stay. */
export function weigh(record: RunRecord, entries: readonly BaselineEntry[]): Baseline {
  const failures = record.findings.filter(({ result }) => result === "fail");
  const isKnown = (finding: Finding): boolean => entries.some((entry) => covers(entry, finding));
  const fresh = failures.filter((finding) => !isKnown(finding));
  const stale = entries.filter((entry) => !failures.some((finding) => covers(entry, finding)));
  return { fresh, known: failures.filter(isKnown), stale, exitCode: weighed(record, fresh.length + stale.length) };
}

function weighed(record: RunRecord, wrongs: number): RunRecord["exitCode"] {
  if (record.exitCode === 4) return 4;
  if (wrongs > 0) return 1;
  if (record.exitCode === 1) return record.totals.inconclusive > 0 ? 3 : 0;
  return record.exitCode;
}
