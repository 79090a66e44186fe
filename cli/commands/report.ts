/** `report`: the reports of a finished run, rendered again. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseRunMeta, parseRunRecord } from "../../contract/parsers.ts";
import type { RunMeta } from "../../contract/run.ts";
import { readText } from "../../intake/files.ts";
import { renderReports } from "../../reports/render.ts";
import { writeReports } from "../../reports/write.ts";
import { operand, read, type Command } from "../arguments.ts";
import { refuseUnwritable } from "../files.ts";
import { say, type ExitCode } from "../output.ts";

export const command: Command = {
  name: "report",
  summary: "Renders report.html, report.md and junit.xml of a run again, from its run.json.",
  operand: "RUN.json",
  options: { out: { value: "DIR", help: "folder of the reports (default: beside the record)" } },
  examples: ["qlik-conformance report out/run.json", "qlik-conformance report out/run.json --out published"],
};

/** Times belong to the run; without its meta file they are told as unknown. */
const noMeta: RunMeta = {
  format: 1,
  startedAt: "",
  durationMs: 0,
  host: "",
  node: "",
  groups: {},
  notes: ["run.meta.json was not there"],
};

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const file = operand(command, given, "no run record is named");
  const record = parseRunRecord(readText(file), file);
  const metaFile = join(dirname(file), "run.meta.json");
  const meta = existsSync(metaFile) ? parseRunMeta(readText(metaFile), metaFile) : noMeta;
  const out = given.text("out") ?? dirname(file);
  refuseUnwritable(out);
  await writeReports(out, renderReports(record, meta));
  say(`Report: ${join(out, "report.html")}`);
  return 0;
}
