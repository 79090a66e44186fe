/** What crossed the wire to a mock: requests by method and path, engine calls by method. */
import type { Hostile, Misbehaviour } from "./hostile-server.ts";

export interface WireLog {
  readonly requests: string[];
  readonly methods: string[];
}

/** Starts a log of everything that passes; nothing is changed on the way. */
export function logged(between: Hostile): WireLog {
  const log: WireLog = { requests: [], methods: [] };
  const watching: Misbehaviour = {
    http: (request) => {
      log.requests.push(`${request.method} ${new URL(request.url).pathname}`);
      return undefined;
    },
    frame: (asked) => {
      if (asked !== "") log.methods.push(asked);
      return undefined;
    },
  };
  between.misbehave(watching);
  return log;
}
