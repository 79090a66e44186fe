/** From words to a command: finds it, runs it, and tells what went wrong in one line. */
import { ConformanceError } from "../contract/errors.ts";
import { helpOf, type Command } from "./arguments.ts";
import { note, report, say, type ExitCode } from "./output.ts";

interface Entry {
  readonly command: Command;
  readonly run: (words: readonly string[]) => Promise<ExitCode>;
}

/** Commands are loaded when called: help and small questions start fast. */
const commands: { readonly [name: string]: () => Promise<Entry> } = {
  run: () => import("./commands/run.ts"),
  reduce: () => import("./commands/reduce.ts"),
  decide: () => import("./commands/decide.ts"),
  explain: () => import("./commands/explain.ts"),
  compare: () => import("./commands/compare.ts"),
  lint: () => import("./commands/lint.ts"),
  generate: () => import("./commands/generate.ts"),
  fuzz: () => import("./commands/fuzz.ts"),
  fingerprint: () => import("./commands/fingerprint.ts"),
  serve: () => import("./commands/serve.ts"),
  clean: () => import("./commands/clean.ts"),
  replay: () => import("./commands/replay.ts"),
  list: () => import("./commands/list.ts"),
  report: () => import("./commands/report.ts"),
};

const summaries: { readonly [name in keyof typeof commands]: string } = {
  run: "replay the suites against a target and write the reports",
  reduce: "what users see of an app with section access",
  decide: "what users may do with resources by a site's rules",
  explain: "why a user sees an app, a row, a field, or does not, and what would change that",
  compare: "who gains and loses what between two states of an app",
  lint: "what is wrong or doubtful in an app's section access, before a release",
  generate: "random tables, directories, rule sets, sites or cases as files",
  fuzz: "security rules questioned: against other rules, against intents, and unasked",
  fingerprint: "which readings of the documentation a target follows",
  serve: "the mock site as a server on this machine",
  clean: "remove from a real site what killed runs left there",
  replay: "one case file again, against a target",
  list: "requirements, groups, targets, defects, dialects",
  report: "render the reports of a run again",
};

function overview(): string {
  return [
    "qlik-conformance <command> [options]",
    "",
    "Tells whether a Qlik Sense site reduces data, impersonates users and authorises requests as documented.",
    "",
    ...Object.entries(summaries).map(([name, summary]) => `  ${name.padEnd(13)}${summary}`),
    "",
    "qlik-conformance <command> --help shows a command's options.",
    "Exit codes: 0 conformant, 1 not conformant, 2 bad usage or input, 3 could not be determined, 4 internal error.",
    "",
  ].join("\n");
}

async function version(): Promise<string> {
  const { product } = await import("../suites/product.ts");
  return product();
}

async function dispatch(words: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined) {
    note(overview());
    return 2;
  }
  if (name === "--help" || name === "help") {
    say(overview());
    return 0;
  }
  if (name === "--version") {
    say(await version());
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    throw new ConformanceError("usage", `no such command: ${JSON.stringify(name)}`, {
      expected: `one of ${Object.keys(commands).join(", ")}`,
      remedy: "see qlik-conformance --help",
    });
  }
  const entry = await load();
  if (rest.includes("--help")) {
    say(helpOf(entry.command));
    return 0;
  }
  return entry.run(rest);
}

/** Runs one command line. Never throws: what goes wrong is told, and is the exit code. */
export async function answer(words: readonly string[]): Promise<ExitCode> {
  try {
    return await dispatch(words);
  } catch (error) {
    return report(error, words.includes("--json"));
  }
}
