/** The documented behaviours the product judges by, as data. Ids are permanent; rows live in `data/`, one file a prefix. */
import type { Area, Requirement } from "../contract/types.ts";
import browser from "./data/br.json" with { type: "json" };
import cloud from "./data/cl.json" with { type: "json" };
import engine from "./data/en.json" with { type: "json" };
import impersonation from "./data/im.json" with { type: "json" };
import loadScript from "./data/ls.json" with { type: "json" };
import repository from "./data/qr.json" with { type: "json" };
import sectionAccess from "./data/sa.json" with { type: "json" };
import bulletins from "./data/sec.json" with { type: "json" };
import securityRules from "./data/sr.json" with { type: "json" };
import directories from "./data/ud.json" with { type: "json" };
import { exclusions } from "./exclusions.ts";

type Row = Omit<Requirement, "excluded">;

// JSON modules are typed with plain strings; a test holds every row against the schema of Requirement.
const rows = [
  ...sectionAccess,
  ...loadScript,
  ...impersonation,
  ...bulletins,
  ...repository,
  ...engine,
  ...directories,
  ...browser,
  ...cloud,
  ...securityRules,
] as readonly Row[];

function withExclusion(row: Row): Requirement {
  const excluded = exclusions[row.id];
  return excluded === undefined ? row : { ...row, excluded };
}

/** Every requirement, sorted by id. */
export const requirements: readonly Requirement[] = rows
  .map((row) => withExclusion(row))
  .sort((a, b) => (a.id < b.id ? -1 : 1));

const byId: ReadonlyMap<string, Requirement> = new Map(requirements.map((row) => [row.id, row]));

/** The requirement of an id; undefined where the catalogue has none. */
export function requirement(id: string): Requirement | undefined {
  return byId.get(id);
}

/** The requirements of one area, sorted by id. */
export function requirementsOf(area: Area): readonly Requirement[] {
  return requirements.filter((row) => row.area === area);
}
