/** Where words go: the answer to stdout, everything else to stderr; errors in one line, or as JSON. */
import { AsyncLocalStorage } from "node:async_hooks";
import { formatError, isKnownError } from "../contract/errors.ts";

export type ExitCode = 0 | 1 | 2 | 3 | 4;

/** Where the words of one command line go. */
export interface Sink {
  out(text: string): void;
  err(text: string): void;
}

const standard: Sink = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

const sinks = new AsyncLocalStorage<Sink>();

/** Does the work with its words going elsewhere than to the process's own streams. */
export function speakingTo<T>(sink: Sink, work: () => Promise<T>): Promise<T> {
  return sinks.run(sink, work);
}

export function say(text: string): void {
  (sinks.getStore() ?? standard).out(text.endsWith("\n") ? text : `${text}\n`);
}

export function note(text: string): void {
  (sinks.getStore() ?? standard).err(text.endsWith("\n") ? text : `${text}\n`);
}

export function sayJson(value: unknown): void {
  say(JSON.stringify(value, undefined, 2));
}

const usageCodes: ReadonlySet<string> = new Set([
  "usage",
  "configuration",
  "input",
  "script-syntax",
  "script-run",
  "rule-syntax",
  "filter-syntax",
  "not-supported",
  "unsafe",
]);

/** Bad input is the caller's (2), a target that fails leaves the question open (3), anything else is ours (4). */
export function exitCodeOf(error: unknown): ExitCode {
  if (!isKnownError(error)) return 4;
  return usageCodes.has(error.code) ? 2 : 3;
}

export function report(error: unknown, asJson: boolean): ExitCode {
  const code = exitCodeOf(error);
  if (isKnownError(error)) {
    const { cause: _cause, ...details } = error.details;
    note(
      asJson
        ? JSON.stringify({ error: { code: error.code, message: error.message, ...details } })
        : `error: ${formatError(error)}`,
    );
    return code;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  note(
    asJson
      ? JSON.stringify({ error: { code: "internal", message: text } })
      : `internal error, please report it: ${text}`,
  );
  return code;
}
