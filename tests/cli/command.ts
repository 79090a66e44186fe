/** Runs one command line, in this process or as a child, and keeps what it said. */
import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { answer } from "../../cli/dispatch.ts";
import { speakingTo } from "../../cli/output.ts";

export const root: string = join(import.meta.dirname, "..", "..");

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** In this process; everything but what the process itself adds. */
export async function said(...words: readonly string[]): Promise<Said> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await speakingTo({ out: (text) => void out.push(text), err: (text) => void err.push(text) }, () =>
    answer(words),
  );
  return { code, stdout: out.join(""), stderr: err.join("") };
}

export function start(words: readonly string[], cwd: string = root): ChildProcess {
  const entry = join(root, "cli", "main.ts");
  return spawn(process.execPath, ["--import", import.meta.resolve("tsx"), entry, ...words], { cwd });
}

/** As a child process, as a shell would. */
export async function ran(...words: readonly string[]): Promise<Said> {
  const child = start(words);
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout?.setEncoding("utf8").on("data", (text: string) => out.push(text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => err.push(text));
  await once(child, "close");
  return { code: child.exitCode ?? -1, stdout: out.join(""), stderr: err.join("") };
}

/** What a command that must succeed printed with `--json`. */
export async function answered(...words: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await said(...words, "--json");
  assert.equal(stderr, "");
  assert.equal(code, 0);
  return JSON.parse(stdout);
}

const made: string[] = [];
process.once("exit", () => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

/** A folder with these files, removed when the tests of the file are done. */
export function folder(files: { readonly [path: string]: string | Buffer } = {}): string {
  const path = mkdtempSync(join(tmpdir(), "trading-"));
  made.push(path);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), content);
  }
  return path;
}

/** One line, and it says where and what to do. */
export function assertOneLine({ code, stdout, stderr }: Said): void {
  assert.equal(code, 2, stderr);
  assert.equal(stdout, "");
  assert.match(stderr, /^error: [^\n]+\n$/);
  assert.match(stderr, /; expected |; [a-z]/, "neither what was expected nor a remedy");
}
