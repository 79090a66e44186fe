/** `fingerprint`: which of the disputed readings of section access a target follows, as far as answers can tell. */
import { fingerprintCase, heardIn } from "../../analysis/fingerprint/case.ts";
import { fingerprintOf } from "../../analysis/fingerprint/decode.ts";
import type { Fingerprint } from "../../analysis/fingerprint/types.ts";
import { fingerprintText } from "../../analysis/fingerprint/wording.ts";
import { defaultDialect, dialectOf } from "../../catalogue/dialects.ts";
import { requirement } from "../../catalogue/index.ts";
import type { Target } from "../../contract/types.ts";
import { matches } from "../../harness/compare.ts";
import { playCase, type CaseResult } from "../../harness/play-case.ts";
import { loadModule } from "../../suites/load-module.ts";
import { openTarget, targetNames } from "../../targets/open.ts";
import { read, required, type Command, type Given } from "../arguments.ts";
import { refuseFilled, writeFiles } from "../files.ts";
import { note, say, sayJson, type ExitCode } from "../output.ts";

export const command: Command = {
  name: "fingerprint",
  summary:
    "Puts small apps to a target, one or more for each reading the documentation leaves open, and names the readings it follows.",
  options: {
    target: { value: "NAME", help: `${targetNames.join(", ")}, or the path of a module` },
    config: { value: "FILE", help: "how to reach a real site (target qlik)" },
    dialect: { value: "NAME", help: `what the mock or the reference follows (default ${defaultDialect})` },
    defect: { value: "NAME", help: "start the mock with a named wrong" },
    "allow-writes": { help: "let the probes be created and removed on a real site" },
    out: { value: "DIR", help: "a new folder for fingerprint.json and fingerprint.txt" },
    json: { help: "print JSON" },
  },
  examples: [
    "qlik-conformance fingerprint --target mock --dialect cloud",
    "qlik-conformance fingerprint --target qlik --config site.json --allow-writes --json",
  ],
};

function opened(given: Given): Promise<Target> {
  const dialect = given.text("dialect") ?? defaultDialect;
  dialectOf(dialect);
  const [config, defect] = [given.text("config"), given.text("defect")];
  const choice = {
    target: required(command, given, "target"),
    dialect,
    allowWrites: given.has("allow-writes"),
    ...(config === undefined ? {} : { config }),
    ...(defect === undefined ? {} : { defect }),
  };
  return openTarget(choice, loadModule);
}

/** A wrong of our own before anything about the target; what no reading explains before what is not known. */
function exitOf(found: Fingerprint, { verdicts }: CaseResult): ExitCode {
  if (verdicts.some(({ result }) => result === "harness-error")) return 4;
  if (found.unexplained.length > 0) return 1;
  return found.unheard.length > 0 ? 3 : 0;
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const out = given.text("out");
  if (out !== undefined) refuseFilled(out);
  const target = await opened(given);
  try {
    const played = await playCase(fingerprintCase(), target, { strict: false, requirement });
    const found = fingerprintOf(heardIn(played), matches);
    const text = fingerprintText(found, target);
    const whole = {
      target: target.name,
      ...(target.dialect === undefined ? {} : { declares: target.dialect }),
      ...found,
    };
    if (out !== undefined) {
      const files = { "fingerprint.json": `${JSON.stringify(whole, undefined, 2)}\n`, "fingerprint.txt": text };
      note(`${writeFiles(out, [files])} files in ${out}`);
    }
    if (given.has("json")) sayJson(whole);
    else say(text);
    return exitOf(found, played);
  } finally {
    await target.close?.();
  }
}
