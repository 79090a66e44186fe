/** User directory connectors (UD-): what a directory holds is in the repository only after a synchronisation. */
import { randomUUID } from "node:crypto";
import type { Entity, Json } from "../../contract/types.ts";
import { recordsOf, textAt, type Fields } from "../fields.ts";
import { same } from "../rules/model.ts";
import { permitted } from "./operations.ts";
import { Refusal } from "./refusal.ts";
import { service, signature, type Caller } from "./caller.ts";
import type { Repository } from "./repository.ts";
import { typeByName } from "./types.ts";

const succeeded = 1;
const failed = 2;

function usersOf(repository: Repository, directory: Entity): readonly Entity[] {
  const name = textAt(directory, "userDirectoryName");
  return repository.store.all("User").filter((user) => same(textAt(user, "userDirectory"), name));
}

/** What the directory tells of a person takes the place of what was known of him. */
function told(directory: Entity, person: Fields): Fields {
  const attributes = recordsOf(person["attributes"]).map((attribute) => ({ externalId: "", ...attribute }));
  const name = textAt(person, "name") || textAt(person, "userId");
  return { name, attributes, removedExternally: false, userDirectoryConnectorName: textAt(directory, "name") };
}

function refresh(repository: Repository, directory: Entity): void {
  const people = recordsOf(directory["people"]);
  const known = usersOf(repository, directory);
  const personOf = (id: string): Fields | undefined => people.find((one) => same(textAt(one, "userId"), id));
  for (const user of known) {
    const person = personOf(textAt(user, "userId"));
    // Who is gone from the directory is marked, and stays (UD-007).
    const change = person === undefined ? { removedExternally: true } : told(directory, person);
    repository.update("User", user.id, { ...change, modifiedByUserName: service });
  }
  if (directory["syncOnlyLoggedInUsers"] !== false) return;
  for (const person of people.filter(
    (one) => !known.some((user) => same(textAt(user, "userId"), textAt(one, "userId"))),
  )) {
    const userDirectory = textAt(directory, "userDirectoryName");
    const fields = { userDirectory, userId: textAt(person, "userId"), ...told(directory, person) };
    repository.store.put("User", { ...fields, id: randomUUID() });
  }
}

function connector(repository: Repository, caller: Caller, id: Json, action: string): Entity {
  if (typeof id !== "string" || id === "") throw new Refusal(400, "Missing parameter value(s)");
  return permitted(repository, caller, typeByName("UserDirectory"), { id, action });
}

/**
 * `POST /qrs/userdirectoryconnector/syncuserdirectories` with ids (QR-061). A connector that is not operational leaves
 * everything as it was, and says when it last succeeded. By default only users the repository knows are refreshed (UD-005).
 */
export function synchronise(repository: Repository, caller: Caller, ids: Json): void {
  if (!Array.isArray(ids)) throw new Refusal(400, "Missing parameter value(s)");
  for (const directory of ids.map((id: Json) => connector(repository, caller, id, "update"))) {
    const syncLastStarted = repository.store.instant();
    const works = directory["configured"] !== false && directory["operational"] !== false;
    if (works) refresh(repository, directory);
    repository.update("UserDirectory", directory.id, {
      syncLastStarted,
      syncStatus: works ? succeeded : failed,
      modifiedByUserName: signature(caller),
      ...(works ? { syncLastSuccessfulEnded: repository.store.instant() } : {}),
    });
  }
}

/** `DELETE /qrs/userdirectoryconnector/deleteudandusers` (QR-062). */
export function removeDirectory(repository: Repository, caller: Caller, id: string): void {
  const directory = connector(repository, caller, id, "delete");
  for (const user of usersOf(repository, directory)) repository.store.remove("User", user.id);
  repository.store.remove("UserDirectory", directory.id);
}
