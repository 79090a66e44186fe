/**
 * Runs 40 public load scripts, which are not stored here: `node --import tsx bench/public-scripts.ts [--from DIR] [LIST]`.
 * `--from` names a folder of git mirrors (`owner+name/repo`); without it the scripts are downloaded. What a script reads
 * is made up: every file has the fields the script asks for.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { formatError, isKnownError } from "../contract/errors.ts";
import { reload } from "../reload/index.ts";
import type { FileAccess, LoadedApp } from "../reload/model.ts";

interface Listed {
  readonly repository: string;
  readonly path: string;
  readonly commit: string;
}

/** Text of a file of the same repository and commit; `undefined` when there is none. */
type ReadSibling = (path: string) => string | undefined;

interface Script {
  readonly text: string;
  readonly sibling: ReadSibling;
}

function mirrored({ repository, path, commit }: Listed, folder: string): Script {
  const bare = `${folder}/${repository.replace("/", "+")}/repo`;
  const gitDir = existsSync(`${bare}/.git`) ? `${bare}/.git` : bare;
  const git = (...words: readonly string[]): string =>
    execFileSync("git", ["--git-dir", gitDir, "-c", "core.quotepath=off", ...words], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
  const paths = git("ls-tree", "-r", "--name-only", commit).split("\n");
  const byName = new Map(paths.map((each) => [nameOf(each), each]));
  return {
    text: git("show", `${commit}:${path}`),
    sibling: (wanted) => {
      const found = byName.get(nameOf(wanted));
      return found === undefined ? undefined : git("show", `${commit}:${found}`);
    },
  };
}

function nameOf(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? path).toLowerCase();
}

async function downloaded({ repository, path, commit }: Listed): Promise<Script> {
  const place = path.split("/").map(encodeURIComponent).join("/");
  const answer = await fetch(`https://raw.githubusercontent.com/${repository}/${commit}/${place}`);
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
  return { text: await answer.text(), sibling: () => undefined };
}

const scriptName = /\.(?:qvs|inc)$/i;

/** Files made up as they are asked for: two rows of every field a run has missed so far. */
class MadeUpFiles {
  readonly #fields = new Map<string, Set<string>>();
  readonly #everywhere = new Set<string>();
  readonly #script: Script;
  #last = "";

  constructor(script: Script) {
    this.#script = script;
  }

  get access(): FileAccess {
    return Object.assign((path: string) => this.#read(path), { list: listed });
  }

  #read(path: string): string | undefined {
    if (scriptName.test(path)) return this.#script.sibling(path) ?? "";
    this.#last = path;
    const own = this.#fields.get(path) ?? new Set([`Column ${this.#fields.size + 1}`]);
    this.#fields.set(path, own);
    const delimiter = delimiterOf(this.#script.text, path);
    const fields = [...new Set([...own, ...this.#everywhere])].map((field) => `"${field.replaceAll('"', '""')}"`);
    return [1, 2].reduce((text, row) => `${text}\n${fields.map(() => row).join(delimiter)}`, fields.join(delimiter));
  }

  /** Gives a missed field to the file read last, and to all of them when that was not enough. Whether that was new. */
  add(field: string): boolean {
    const own = this.#fields.get(this.#last);
    if (own !== undefined && !own.has(field)) {
      own.add(field);
      return true;
    }
    if (this.#everywhere.has(field)) return false;
    this.#everywhere.add(field);
    return true;
  }
}

/** The delimiter the script says behind the name of a file, a comma when it says none. */
function delimiterOf(text: string, path: string): string {
  const at = text.toLowerCase().indexOf(nameOf(path));
  const said = at === -1 ? undefined : /^[^;]*?delimiter is '([^']+)'/i.exec(text.slice(at, at + 500))?.[1];
  return said?.replace("\\t", "\t") ?? ",";
}

function listed(pattern: string): readonly string[] {
  return /[*?]/.test(pattern) ? [pattern.replaceAll(/[*?]+/g, "1")] : [pattern];
}

const another: LoadedApp = { app: [{ name: "Other", fields: ["Other"], rows: [[1]], loosened: false }] };

const missedField = /^there is no field "((?:[^"\\]|\\.)*)"/;

/** One run, repeated as long as files can be given the fields it misses. Gives what stopped it. */
function attempt(script: Script, file: string): string | undefined {
  const files = new MadeUpFiles(script);
  for (let round = 0; round < 2000; round += 1) {
    try {
      reload(script.text, { files: files.access, file, binary: () => another, now: "2026-01-15 12:00:00" });
      return undefined;
    } catch (error) {
      if (!isKnownError(error)) return `crashed: ${String(error)}`;
      const missed = missedField.exec(error.message)?.[1];
      if (missed === undefined || !files.add(String(JSON.parse(`"${missed}"`)))) return formatError(error);
    }
  }
  return "the fields it asks for do not end";
}

const { values, positionals } = parseArgs({ options: { from: { type: "string" } }, allowPositionals: true });
const list = JSON.parse(
  readFileSync(positionals[0] ?? new URL("public-scripts.json", import.meta.url), "utf8"),
) as readonly Listed[];
let ran = 0;
for (const script of list) {
  const from = values.from === undefined ? await downloaded(script) : mirrored(script, values.from);
  const started = performance.now();
  const fault = attempt(from, script.path);
  const slow = performance.now() - started > 5000 ? ` (${Math.round((performance.now() - started) / 1000)} s)` : "";
  if (fault === undefined) ran += 1;
  console.log(`${fault === undefined ? "ran  " : "error"} ${script.repository} ${fault ?? script.path}${slow}`);
}
console.log(`${ran} of ${list.length} ran`);
