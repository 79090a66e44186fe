/** `replay`: one case file again, against any target. */
import { parseCase } from "../../contract/parsers.ts";
import { requirement } from "../../catalogue/index.ts";
import type { Verdict } from "../../contract/types.ts";
import { playCase } from "../../harness/play-case.ts";
import { readText } from "../../intake/files.ts";
import { loadModule } from "../../suites/load-module.ts";
import { openTarget, targetNames } from "../../targets/open.ts";
import { operand, read, required, type Command } from "../arguments.ts";
import { say, sayJson, type ExitCode } from "../output.ts";

export const command: Command = {
  name: "replay",
  summary: "Asks a target the questions of one case file again, and says FIXED, FAILED or UNDETERMINED for each.",
  operand: "CASE.json",
  options: {
    target: { value: "NAME", help: `${targetNames.join(", ")}, or the path of a module` },
    config: { value: "FILE", help: "how to reach a real site (target qlik)" },
    defect: { value: "NAME", help: "start the mock with a named wrong" },
    "allow-writes": { help: "let the replay create and remove its own things on a real site" },
    json: { help: "print the verdicts as JSON" },
  },
  examples: ["qlik-conformance replay out/failures/SA-WLD-02-1a2b.json --target mock"],
};

const words: { readonly [result in Verdict["result"]]: string } = {
  pass: "FIXED",
  acceptable: "FIXED",
  fail: "FAILED",
  observed: "DIFFERS",
  inapplicable: "INAPPLICABLE",
  inconclusive: "UNDETERMINED",
  "harness-error": "ERROR",
};

function lineOf(verdict: Verdict): string {
  const detail = "difference" in verdict ? verdict.difference : "detail" in verdict ? verdict.detail : "";
  return [words[verdict.result].padEnd(13), verdict.ask, detail].join("  ").trimEnd();
}

function exitOf(verdicts: readonly Verdict[]): ExitCode {
  const has = (result: Verdict["result"]): boolean => verdicts.some((verdict) => verdict.result === result);
  if (has("harness-error")) return 4;
  if (has("fail")) return 1;
  return has("inconclusive") || !(has("pass") || has("acceptable") || has("observed")) ? 3 : 0;
}

export async function run(given_: readonly string[]): Promise<ExitCode> {
  const given = read(command, given_);
  const file = operand(command, given, "no case file is named");
  const chosen = required(command, given, "target");
  const of = parseCase(readText(file), file);
  const [config, defect] = [given.text("config"), given.text("defect")];
  const target = await openTarget(
    {
      target: chosen,
      dialect: of.dialect,
      allowWrites: given.has("allow-writes"),
      ...(config === undefined ? {} : { config }),
      ...(defect === undefined ? {} : { defect }),
    },
    loadModule,
  );
  try {
    const { verdicts } = await playCase(of, target, { strict: false, requirement });
    if (given.has("json")) sayJson(verdicts);
    else say([of.title, ...verdicts.map(lineOf)].join("\n"));
    return exitOf(verdicts);
  } finally {
    await target.close?.();
  }
}
