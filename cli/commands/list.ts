/** `list`: what exists: requirements with their level, groups, golden cases, targets, defects, dialects. */
import { requirements } from "../../catalogue/index.ts";
import { dialectNames, defaultDialect } from "../../catalogue/dialects.ts";
import { defects } from "../../mock/defects/index.ts";
import { goldenCases } from "../../suites/golden.ts";
import { groupsOf } from "../../suites/groups.ts";
import { areas } from "../../suites/selection.ts";
import { targetNames } from "../../targets/open.ts";
import { read, type Command } from "../arguments.ts";
import { say, sayJson, type ExitCode } from "../output.ts";
import { tableLines } from "../tables.ts";

export const command: Command = {
  name: "list",
  summary: "Lists what exists. Without an option: how many of each.",
  options: {
    requirements: { help: "every documented behaviour with its level" },
    groups: { help: "the groups a run plays" },
    cases: { help: "the golden cases and the pages they are from" },
    targets: { help: "targets by name" },
    defects: { help: "named wrongs the mock can be started with" },
    dialects: { help: "documented readings by name" },
    json: { help: "print JSON" },
  },
  examples: ["qlik-conformance list --defects", "qlik-conformance list --requirements --json"],
};

interface Sheet {
  readonly head: readonly string[];
  readonly rows: () => readonly (readonly string[])[];
}

const sheets: { readonly [name: string]: Sheet } = {
  requirements: {
    head: ["id", "area", "level", "title"],
    rows: () => requirements.map(({ id, area, level, title }) => [id, area, level, title]),
  },
  groups: {
    head: ["group", "kind", "title"],
    rows: () =>
      groupsOf({ suites: areas, dialect: defaultDialect, cases: 1 }).map(({ id, kind, title }) => [id, kind, title]),
  },
  cases: {
    head: ["case", "asks", "from", "title"],
    rows: () =>
      areas.flatMap((area) =>
        goldenCases(area).map((of) => [
          of.id,
          String(of.asks.length),
          of.origin.kind === "golden" ? of.origin.source : "",
          of.title,
        ]),
      ),
  },
  targets: { head: ["target"], rows: () => [...targetNames, "./module.ts"].map((name) => [name]) },
  defects: {
    head: ["defect", "area", "breaks", "effect"],
    rows: () => defects.map(({ name, area, breaks, effect }) => [name, area, breaks.join(" "), effect]),
  },
  dialects: { head: ["dialect"], rows: () => dialectNames.map((name) => [name]) },
};

function asObjects({ head, rows }: Sheet): readonly object[] {
  return rows().map((row) => Object.fromEntries(head.map((name, at) => [name, row[at] ?? ""])));
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const asked = Object.entries(sheets).filter(([name]) => given.has(name));
  if (given.has("json")) {
    const chosen = asked.length > 0 ? asked : Object.entries(sheets);
    sayJson(Object.fromEntries(chosen.map(([name, sheet]) => [name, asObjects(sheet)])));
  } else if (asked.length === 0) {
    say(
      tableLines([
        ["what", "how many"],
        ...Object.entries(sheets).map(([name, { rows }]) => [name, String(rows().length)]),
      ]).join("\n"),
    );
  } else {
    say(asked.flatMap(([, { head, rows }]) => tableLines([head, ...rows()])).join("\n"));
  }
  return 0;
}
