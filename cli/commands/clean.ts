/** `clean`: removes from a real site what earlier runs left there. */
import { ConformanceError } from "../../contract/errors.ts";
import { readQlikConfig } from "../../targets/qlik/config.ts";
import { cleanSite } from "../../targets/qlik/target.ts";
import { read, required, type Command } from "../arguments.ts";
import { say, sayJson, type ExitCode } from "../output.ts";

export const command: Command = {
  name: "clean",
  summary:
    "Removes from a site what runs left there when they were killed: everything with a run's tag, and nothing else.",
  options: {
    target: { value: "NAME", help: "qlik" },
    config: { value: "FILE", help: "how to reach the site" },
    "dry-run": { help: "only tell what would be removed" },
    json: { help: "print JSON" },
  },
  examples: [
    "qlik-conformance clean --target qlik --config site.json --dry-run",
    "qlik-conformance clean --target qlik --config site.json",
  ],
};

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const target = required(command, given, "target");
  if (target !== "qlik") {
    throw new ConformanceError("usage", `nothing is left behind on the target ${JSON.stringify(target)}`, {
      expected: "--target qlik",
    });
  }
  const dry = given.has("dry-run");
  const config = readQlikConfig(required(command, given, "config"), { allowWrites: !dry });
  const found = await cleanSite(config, dry ? "tell" : "remove");
  if (given.has("json")) sayJson(found);
  else {
    for (const { path, id, name } of found)
      say(`${dry ? "would remove" : "removed"} ${path}/${id}${name === "" ? "" : ` ${JSON.stringify(name)}`}`);
    if (found.length === 0) say("nothing is left of earlier runs");
  }
  return 0;
}
