/** Who is asked about: users named on the command line, in a file, or all of a site. */
import type { Principal, Site } from "../contract/types.ts";
import { principalNamed, principalsOf, readPrincipals } from "../intake/principals.ts";
import { valuesByName, type NamedValue } from "../intake/values.ts";
import { usage, type Command, type Given } from "./arguments.ts";

/** Session attributes of `--env`. Throws `usage` for one without a name. */
export function sessionOf(command: Command, given: Given): Principal["session"] {
  const pairs = given.texts("env").map((item): NamedValue => {
    const at = item.indexOf("=");
    if (at <= 0) throw usage(command, `--env ${item}`, "NAME=VALUE");
    return [item.slice(0, at), item.slice(at + 1)];
  });
  return valuesByName(pairs);
}

/** Users of `--user` with `--group`, and those of `--users`. Throws `usage` when nobody is named. */
export function peopleFrom(command: Command, given: Given): readonly Principal[] {
  const named = given.texts("user").map((name) => principalNamed(name, given.texts("group")));
  const file = given.text("users");
  const people = file === undefined ? named : [...named, ...readPrincipals(file)];
  if (people.length === 0) throw usage(command, "no user is named", "--user 'DIR\\id' or --users FILE");
  if (named.length === 0 && given.texts("group").length > 0) {
    throw usage(command, "--group goes with --user", "--user 'DIR\\id', or groups in the file of --users");
  }
  return people;
}

function isSame(one: Principal, other: Principal): boolean {
  return (
    one.directory.toLowerCase() === other.directory.toLowerCase() && one.id.toLowerCase() === other.id.toLowerCase()
  );
}

/** A user named on the command line, with what the site knows of him. */
export function knownIn(site: Site | undefined, who: Principal): Principal {
  const known = site === undefined ? undefined : principalsOf(site).find((other) => isSame(other, who));
  return known === undefined ? who : { ...known, groups: [...known.groups, ...who.groups] };
}
