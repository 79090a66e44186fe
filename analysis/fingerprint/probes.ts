/** All probes, the users who ask, and the one site that holds them. */
import type { DialectSwitch } from "../../catalogue/dialects.ts";
import { ConformanceError } from "../../contract/errors.ts";
import type { Entity, Principal, Site } from "../../contract/types.ts";
import { controlProbes } from "./control-probes.ts";
import { identityProbes } from "./identity-probes.ts";
import { reductionProbes } from "./reduction-probes.ts";
import { starProbes } from "./star-probes.ts";
import type { AccessProbe, Person, ProbeAsk } from "./types.ts";

export const accessProbes: readonly AccessProbe[] = [
  ...controlProbes,
  ...identityProbes,
  ...reductionProbes,
  ...starProbes,
];

/** Switches some probe is about, in the order of the probes. */
export const probedSwitches: readonly DialectSwitch[] = [...new Set(accessProbes.flatMap(({ about }) => about))];

function person(id: Person, directory: readonly string[], session: readonly string[]): Principal {
  const email = [`${id}@trading.example`];
  return { directory: "CORP", id, groups: directory, attributes: { email }, session: { group: session } };
}

/** ann and ben have a group of the directory and another of the session, carla one that both know. */
export const people: { readonly [name in Person]: Principal } = {
  ann: person("ann", ["TRADERS"], ["NIGHTSHIFT"]),
  ben: person("ben", ["TRADERS"], ["NIGHTSHIFT"]),
  carla: person("carla", ["BOSSES"], ["BOSSES"]),
};

const keeper = { id: idOf("keeper"), userId: "sa_repository", userDirectory: "INTERNAL", name: "sa_repository" };
const stream = { id: idOf("stream"), name: "Readings" };

/** The same GUID for the same name, for ever. */
function idOf(name: string): string {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x0100_0193) >>> 0;
  return `f1a9e400-0000-4000-8000-${hash.toString(16).padStart(12, "0")}`;
}

export function appIdOf(probe: AccessProbe): string {
  return idOf(probe.id);
}

function userEntity({ directory, id, groups, attributes }: Principal): Entity {
  const known = [
    ...groups.map((group) => ["group", group]),
    ...(attributes["email"] ?? []).map((mail) => ["email", mail]),
  ];
  return {
    id: idOf(`user ${id}`),
    userId: id,
    userDirectory: directory,
    name: id,
    roles: [],
    attributes: known.map(([attributeType = "", attributeValue = ""]) => ({ attributeType, attributeValue })),
    customProperties: [],
  };
}

function appEntity(probe: AccessProbe): Entity {
  const published = probe.published ?? true;
  return {
    id: appIdOf(probe),
    name: `Reading ${probe.id}`,
    owner: keeper,
    stream: published ? stream : null,
    published,
    customProperties: [],
  };
}

const everyoneReads: Entity = {
  id: idOf("rule"),
  name: "Everyone reads",
  category: "Security",
  type: "Custom",
  resourceFilter: "Stream_*, App*",
  actions: 2,
  rule: "",
  ruleContext: 0,
  disabled: false,
  comment: "",
};

/** The site that holds an app for each probe; anybody may read all of them. */
export function probeSite(probes: readonly AccessProbe[] = accessProbes): Site {
  return {
    entities: {
      User: Object.values(people).map(userEntity),
      Stream: [{ ...stream, owner: keeper, customProperties: [] }],
      App: probes.map(appEntity),
      SystemRule: [everyoneReads],
    },
    apps: Object.fromEntries(
      probes.map((probe) => [appIdOf(probe), { script: probe.script, files: probe.files ?? {} }]),
    ),
  };
}

/** The questions of the probes, in their order. */
export function asksOf(probes: readonly AccessProbe[] = accessProbes): readonly ProbeAsk[] {
  return probes.flatMap((of) =>
    of.asks.map((name): ProbeAsk => {
      const probe = { kind: "open", app: appIdOf(of), as: people[name], through: "tables" } as const;
      return { id: `${of.id}/${name}`, of, person: name, probe };
    }),
  );
}

/** Throws `usage` for a switch no probe is about. */
export function probesAbout(name: DialectSwitch): readonly AccessProbe[] {
  const found = accessProbes.filter(({ about }) => about.includes(name));
  if (found.length > 0) return found;
  throw new ConformanceError("usage", `no probe is about the switch ${name}`, {
    expected: `one of ${probedSwitches.join(", ")}`,
  });
}
