/** `--directory`: what user directories say of a site's users, from LDIF or from the tables of a connector. */
import { readConnectorTables, readLdif, synchronised } from "../intake/directory.ts";
import type { Principal, Site } from "../contract/types.ts";
import { usage, type Command, type Given } from "./arguments.ts";

export const directoryOption = {
  value: "NAME=FILE",
  repeated: true,
  help: "a user directory: NAME=people.ldif, or NAME=users.csv,attributes.csv as a connector reads them; its attributes take the place of the site's",
} as const;

function peopleIn(command: Command, given: string): readonly Principal[] {
  const [, name = "", first = "", second] = /^([^=]+)=([^,]+)(?:,([^,]+))?$/.exec(given) ?? [];
  if (name === "") throw usage(command, `--directory ${given}`, "NAME=people.ldif or NAME=users.csv,attributes.csv");
  return second === undefined ? readLdif(name, first) : readConnectorTables(name, first, second);
}

/** The site with its users as the directories named have them. Throws `input` with the place in a file. */
export function withDirectories(command: Command, given: Given, site: Site): Site {
  const people = given.texts("directory").flatMap((text) => peopleIn(command, text));
  return people.length === 0 ? site : synchronised(site, people);
}
