/** Whose accounts a deployment meets: those the site had, those its log-ins bring into being, and the directories of its own. */
import type { Entity, Json, Outcome, Principal, Probe, Site } from "../../contract/types.ts";
import { referenceId, textOf } from "./ids.ts";
import type { OwnThings } from "./own-things.ts";
import { equals, type Qrs } from "./qrs.ts";
import type { RunTag } from "./tagging.ts";

function accountName(directory: string, id: string): string {
  return `${directory}\\${id}`.toUpperCase();
}

/** The account a User entity is of. */
export function accountOf(user: Entity): string {
  return accountName(textOf(user, "userDirectory"), textOf(user, "userId"));
}

/** Accounts this deployment logged in: those of the probes, and whoever an answer named. */
export function accountsIn(probe: Probe, outcome: Outcome): readonly string[] {
  const asked =
    "as" in probe ? [probe.as] : probe.kind === "impersonate" && probe.user !== undefined ? [probe.user] : [];
  const answered = outcome.kind === "transcript" ? outcome.of : [outcome];
  return [
    ...asked.map((who) => accountName(who.directory, who.id)),
    ...answered.flatMap((one) => (one.kind === "session" ? [accountName(one.directory, one.id)] : [])),
  ];
}

export function knowing(users: readonly Entity[]): (who: Principal) => boolean {
  const names = new Set(users.map(accountOf));
  return (who) => names.has(accountName(who.directory, who.id));
}

interface Marking {
  readonly qrs: Qrs;
  readonly tag: () => Promise<RunTag>;
  /** Ids of the users the site had before. */
  readonly before: ReadonlySet<string>;
  readonly own?: OwnThings;
}

/**
 * Gives the user that a log-in brought into being the tag of the run: should it be killed now, cleaning finds him by it. Who
 * was there before, and who was made with the case, is left alone.
 */
async function markVisitor(account: string, { qrs, tag, before, own }: Marking): Promise<void> {
  const [directory = "", id = ""] = account.split(/\\(.*)/s);
  const named = await qrs.list(`/user/full?${equals("userId", id)}`);
  const user = named.find((one) => textOf(one, "userDirectory").toUpperCase() === directory);
  if (user === undefined || before.has(user.id) || own?.hasDirectory(directory) === false) return;
  const { id: tagId, name } = await tag();
  const tags = user["tags"];
  const marks = Array.isArray(tags) ? tags : [];
  if (marks.some((one: Json) => referenceId(one) === tagId)) return;
  own?.add(user.id);
  await qrs.send("PUT", `/user/${user.id}`, { ...user, tags: [...marks, { id: tagId, name }] });
}

/** Notes accounts that were logged in, and marks each that is neither known to the site before nor of the case; once each. */
export function visitorNotes(
  noted: Set<string>,
  marking: (Marking & { readonly known: ReadonlySet<string> }) | undefined,
): (account: string) => Promise<void> {
  return async (account) => {
    if (noted.has(account)) return;
    noted.add(account);
    if (marking === undefined || marking.known.has(account)) return;
    // Who cannot be marked is removed with the deployment all the same.
    await markVisitor(account, marking).catch(() => undefined);
  };
}

/** Users that a log-in of this run brought into being (IM-051) go with the deployment; nobody else's do. */
export async function removeNewUsers(
  qrs: Qrs,
  before: ReadonlySet<string>,
  ours: ReadonlySet<string>,
  own?: OwnThings,
): Promise<readonly string[]> {
  const left: string[] = [];
  for (const user of await qrs.list("/user")) {
    const directory = textOf(user, "userDirectory");
    const mine = ours.has(accountOf(user)) && own?.hasDirectory(directory) !== false;
    if (!mine || before.has(user.id)) continue;
    own?.add(user.id);
    const { status } = await qrs.send("DELETE", `/user/${user.id}`);
    if (status !== 204 && status !== 404) left.push(`/user/${user.id} (${status})`);
  }
  return left;
}

/** Directories of the case's users of which the site has nobody, and which no connector feeds, are the run's own. */
export async function claimDirectories(own: OwnThings, qrs: Qrs, site: Site, there: readonly Entity[]): Promise<void> {
  const connected = (await qrs.list("/userdirectory/full")).flatMap((one) => [
    textOf(one, "userDirectoryName"),
    textOf(one, "name"),
  ]);
  const taken = [...connected, ...there.map((user) => textOf(user, "userDirectory"))];
  const inUse = new Set(taken.map((name) => name.toUpperCase()));
  for (const user of site.entities["User"] ?? []) {
    const directory = textOf(user, "userDirectory");
    if (!inUse.has(directory.toUpperCase())) own.addDirectory(directory);
  }
}
