/** All probes, the users who ask, and the one site that holds them. */
import type { DialectSwitch } from "../../catalogue/dialects.ts";
import { ConformanceError } from "../../contract/errors.ts";
import type { Capability, Entity, Principal, Probe, Site } from "../../contract/types.ts";
import { controlProbes } from "./control-probes.ts";
import { identityProbes } from "./identity-probes.ts";
import { reductionProbes } from "./reduction-probes.ts";
import { starProbes } from "./star-probes.ts";
import { idOf, keeper, ruleEntity, userEntity } from "./entities.ts";
import { siteProbes } from "./site-probes.ts";
import type { AccessProbe, AnyProbe, Person, ProbeAsk } from "./types.ts";

export const accessProbes: readonly AccessProbe[] = [
  ...controlProbes,
  ...identityProbes,
  ...reductionProbes,
  ...starProbes,
];

/** All probes of both sites. */
export const allProbes: readonly AnyProbe[] = [...accessProbes, ...siteProbes];

export function isAccess(probe: AnyProbe): probe is AccessProbe {
  return "script" in probe;
}

/** Switches some of the probes are about, in their order. */
export function switchesOf(probes: readonly AnyProbe[]): readonly DialectSwitch[] {
  return [...new Set(probes.flatMap(({ about, depends }) => [...about, ...depends]))];
}

/** Switches that opening apps tells apart. */
export const accessSwitches: readonly DialectSwitch[] = switchesOf(accessProbes);

/** Switches some probe is about. */
export const probedSwitches: readonly DialectSwitch[] = switchesOf(allProbes);

/** What a target must be able to do to be asked for apps. */
const accessNeeds: readonly Capability[] = ["deploy", "reload", "groups", "surface:tables"];

export function needsOf(probe: AnyProbe): readonly Capability[] {
  return isAccess(probe) ? accessNeeds : ["deploy", ...probe.needs];
}

/** The probes a target with these capabilities can be asked. */
export function probesFor(capabilities: readonly Capability[]): readonly AnyProbe[] {
  const able = new Set(capabilities);
  return allProbes.filter((probe) => needsOf(probe).every((need) => able.has(need)));
}

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

const stream = { id: idOf("stream"), name: "Readings" };

export function appIdOf(probe: AccessProbe): string {
  return idOf(probe.id);
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

/** The site that holds an app for each probe; anybody may read all of them. */
export function probeSite(probes: readonly AccessProbe[] = accessProbes): Site {
  return {
    entities: {
      User: Object.values(people).map(userEntity),
      Stream: [{ ...stream, owner: keeper, customProperties: [] }],
      App: probes.map(appEntity),
      SystemRule: [ruleEntity("Everyone reads", "Stream_*, App*", "")],
    },
    apps: Object.fromEntries(
      probes.map((probe) => [appIdOf(probe), { script: probe.script, files: probe.files ?? {} }]),
    ),
  };
}

function questionsOf(of: AnyProbe): readonly (readonly [name: string, probe: Probe])[] {
  if (!isAccess(of)) return Object.entries(of.questions);
  return of.asks.map((name) => [name, { kind: "open", app: appIdOf(of), as: people[name], through: "tables" }]);
}

/** The questions of the probes, in their order. */
export function asksOf(probes: readonly AnyProbe[]): readonly ProbeAsk[] {
  return probes.flatMap((of) =>
    questionsOf(of).map(([name, probe]): ProbeAsk => ({ id: `${of.id}/${name}`, of, name, probe })),
  );
}

/** Throws `usage` for a switch no probe is about. */
export function probesAbout(name: DialectSwitch): readonly AnyProbe[] {
  const found = allProbes.filter(({ about }) => about.includes(name));
  if (found.length > 0) return found;
  throw new ConformanceError("usage", `no probe is about the switch ${name}`, {
    expected: `one of ${probedSwitches.join(", ")}`,
  });
}
