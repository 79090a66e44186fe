/** The repository's requests from end to end: its routes, and the line that what could change something leaves in the log. */
import { withCollections } from "./collections.ts";
import { createRepositoryHandler } from "./http.ts";
import type { RepositoryHandler, RepositoryParts } from "./routing.ts";

/** Answers requests to `/qrs/…`; each but a GET is told of in the audit log, whether it was let through or not. */
export function createHandler(parts: RepositoryParts): RepositoryHandler {
  const routes = withCollections(parts, createRepositoryHandler(parts));
  const { store, activity } = parts.repository;
  return async (request, ask) => {
    const answer = await routes(request, ask);
    if (request.method === "GET") return answer;
    const { who, context } = ask.caller;
    const { method: command } = request;
    activity.add({ when: store.instant(), ...who, context, command, path: ask.path, result: answer.status });
    return answer;
  };
}
