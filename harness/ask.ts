/** Putting one probe to a target: what comes back, or whose fault it is that nothing did. */
import { formatError, isKnownError } from "../contract/errors.ts";
import { outcomeParser } from "../contract/parsers.ts";
import type { Deployment, FailureCode, Outcome, Probe } from "../contract/types.ts";
import { DeadlineError, withDeadline } from "./deadline.ts";
import { repeatable } from "./redact.ts";

/** The tool broke, not the target. */
interface ToolFault {
  readonly kind: "harness-error";
  readonly detail: string;
}

export type Answer = Outcome | ToolFault;

const failureCodes: ReadonlySet<unknown> = new Set<FailureCode>([
  "unreachable",
  "timed-out",
  "malformed",
  "unlicensed",
  "not-found",
  "budget-spent",
  "truncated",
]);

function isFailureCode(code: unknown): code is FailureCode {
  return failureCodes.has(code);
}

/** An adapter may say which failure it met; where it does not, an expectation or a parse error means a malformed answer. */
function failureOf(error: Error): FailureCode {
  if ("failure" in error && isFailureCode(error.failure)) return error.failure;
  const malformed = error.cause instanceof SyntaxError || error.cause instanceof TypeError;
  return malformed || (isKnownError(error) && error.details.expected !== undefined) ? "malformed" : "unreachable";
}

/** Charges an exception: a known error `target` and a missed deadline to the target, everything else to the tool. */
export function chargeOf(error: unknown): Answer {
  if (error instanceof DeadlineError) return { kind: "undetermined", code: "timed-out", detail: error.message };
  if (isKnownError(error)) {
    const detail = repeatable(formatError(error));
    if (error.code === "target") return { kind: "undetermined", code: failureOf(error), detail };
    return { kind: "harness-error", detail };
  }
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { kind: "harness-error", detail: repeatable(text) };
}

/** An answer in the shape of an outcome, or the fact that it has another one. */
function checked(answer: unknown): Outcome {
  const parsed = outcomeParser.safeParse(answer);
  if (parsed.success) {
    const { data } = parsed;
    return data.kind === "undetermined" ? { ...data, detail: repeatable(data.detail) } : data;
  }
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  return { kind: "undetermined", code: "malformed", detail: repeatable(`the answer is no outcome${where}`) };
}

/** Asks once, at most `ms` milliseconds long. Never rejects. */
export async function askOnce(deployment: Deployment, probe: Probe, ms: number, signal?: AbortSignal): Promise<Answer> {
  try {
    return checked(await withDeadline("the answer", ms, async (limit) => deployment.ask(probe, limit), signal));
  } catch (error) {
    return chargeOf(error);
  }
}
