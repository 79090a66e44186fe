import { idAt } from "../fields.ts";
import type { RepositoryPort } from "../ports.ts";

/** Whether the repository knows the app as published. */
export function isPublished(repository: RepositoryPort, appId: string): boolean {
  const app = repository.entity("App", appId);
  return app?.["published"] === true || idAt(app, "stream") !== "";
}
