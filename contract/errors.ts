/** Errors people meet: one base, a stable code, the place, and what to do. Only these are shown without a stack. */

export const errorCodes = [
  "usage",
  "configuration",
  "input",
  "script-syntax",
  "script-run",
  "rule-syntax",
  "filter-syntax",
  "not-supported",
  "target",
  "unsafe",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** Where in a text something is wrong; line and column count from 1, column in UTF-16 units. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

export interface ErrorDetails extends Place {
  /** What would have been right at that place. */
  readonly expected?: string;
  /** What the person can do about it. */
  readonly remedy?: string;
  readonly cause?: unknown;
}

/** A known error: `message` is one line; `code` is stable; place, `expected` and `remedy` are data. */
export class ConformanceError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "ConformanceError";
    this.code = code;
    this.details = details;
  }
}

const codes: ReadonlySet<unknown> = new Set(errorCodes);

/** By shape, not by class: a user's module may bring a second copy of this one. */
export function isKnownError(error: unknown): error is ConformanceError {
  return error instanceof Error && "code" in error && codes.has(error.code) && "details" in error;
}

/** `file:line:column`, as far as known; empty when nothing is. */
export function formatPlace(place: Place): string {
  return [place.file, place.line, place.line === undefined ? undefined : place.column]
    .filter((part) => part !== undefined)
    .join(":");
}

/** The one line a person reads: place, message, what was expected, remedy. */
export function formatError(error: ConformanceError): string {
  const place = formatPlace(error.details);
  const parts = [place === "" ? error.message : `${place}: ${error.message}`];
  if (error.details.expected !== undefined) parts.push(`expected ${error.details.expected}`);
  if (error.details.remedy !== undefined) parts.push(error.details.remedy);
  return parts.join("; ").replaceAll(/[\r\n]+/g, " ");
}
