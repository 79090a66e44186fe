/** A target that does not answer as asked: the ask becomes undetermined, never a pass or a fail. */
import { ConformanceError, isKnownError, type ErrorCode } from "../contract/errors.ts";
import type { FailureCode, Outcome } from "../contract/types.ts";

export class TargetFault extends ConformanceError {
  readonly failure: FailureCode;

  /** `how.remedy` is what the person who runs this can do about it. */
  constructor(failure: FailureCode, message: string, cause?: unknown, how: { readonly remedy?: string } = {}) {
    super("target", message, { ...how, ...(cause === undefined ? {} : { cause }) });
    this.name = "TargetFault";
    this.failure = failure;
  }
}

function failureOf(error: unknown): FailureCode {
  if (error instanceof TargetFault) return error.failure;
  if (error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError")) return "timed-out";
  return "malformed";
}

/** Errors that leave an ask open; any other known error is the harness's own mistake and is thrown on. */
const leavesOpen: ReadonlySet<ErrorCode> = new Set(["target", "not-supported", "script-syntax", "script-run"]);

/** Runs an ask; what goes wrong on the way is told as an undetermined outcome with its cause in one line. */
export async function orUndetermined(ask: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await ask();
  } catch (error) {
    if (isKnownError(error) && !leavesOpen.has(error.code)) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const remedy = isKnownError(error) ? error.details.remedy : undefined;
    const detail = remedy === undefined ? message : `${message}; ${remedy}`;
    return { kind: "undetermined", code: failureOf(error), detail: detail.replaceAll(/\s+/g, " ").slice(0, 300) };
  }
}
