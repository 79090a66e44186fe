/** Work with a time limit that holds even for work that never looks at its signal. */

export class DeadlineError extends Error {
  constructor(what: string) {
    super(`${what} took too long`);
    this.name = "TimeoutError";
  }
}

/** Runs work, rejecting with {@link DeadlineError} after `ms`; its signal is aborted then, or when `outer` is. */
export async function withDeadline<T>(
  what: string,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  const late = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(new DeadlineError(what)), { once: true });
  });
  const timer = setTimeout(stop, ms);
  outer?.addEventListener("abort", stop, { once: true });
  if (outer?.aborted === true) stop();
  try {
    return await Promise.race([late, work(controller.signal)]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", stop);
    // Whichever lost the race may still reject; nobody waits for it.
    late.catch(() => {});
  }
}
