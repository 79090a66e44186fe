/** `fingerprint`: which of the disputed readings of section access a target follows, as far as answers can tell. */
import { fingerprintCase, heardIn } from "../../analysis/fingerprint/case.ts";
import { fingerprintOf } from "../../analysis/fingerprint/decode.ts";
import { probesFor } from "../../analysis/fingerprint/probes.ts";
import type { AnyProbe, Fingerprint } from "../../analysis/fingerprint/types.ts";
import { fingerprintText } from "../../analysis/fingerprint/wording.ts";
import { defaultDialect, dialectOf } from "../../catalogue/dialects.ts";
import { requirement } from "../../catalogue/index.ts";
import { ConformanceError } from "../../contract/errors.ts";
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

/** Some fifty apps are made, reloaded and published, which takes a site minutes. */
const prepareMs = 900_000;

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

/** Throws `target` when it can be asked nothing. */
function askable({ name, capabilities }: Target): readonly AnyProbe[] {
  const probes = probesFor(capabilities);
  if (probes.length > 0) return probes;
  const lacking = capabilities.includes("deploy") ? "what any probe needs" : "deploy";
  throw new ConformanceError("target", `the target ${JSON.stringify(name)} can be asked nothing: it lacks ${lacking}`, {
    expected: "a target that takes small sites (deploy) and opens apps, judges rules or logs in",
    remedy: "docs/guides/which-reading.md says what the probes need",
  });
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
    const probes = askable(target);
    const played = await playCase(fingerprintCase(probes), target, { strict: false, requirement, prepareMs });
    const found = fingerprintOf(heardIn(played, probes), matches);
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
