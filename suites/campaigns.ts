/** Generated cases: worlds from a seed, with what the reference expects of each ask. */
import { dialectOf } from "../catalogue/dialects.ts";
import type { Ask, Case, Entity, Json, Principal, Probe, RequirementId, Site } from "../contract/types.ts";
import { randomRuleWorld, type RuleWorldOptions } from "../generators/rules.ts";
import { randomAccessWorld, type AccessWorld, type AccessWorldOptions } from "../generators/section-access.ts";
import { principalOf } from "../intake/principals.ts";
import type { SuiteGroup } from "../harness/groups.ts";
import type { RuleQuestion } from "../reference/rules/types.ts";
import { deskFor, expectationOf, type Desk } from "../reference/answer.ts";

/** Raised when a generator or the shape of its cases changes: old results are then not compared with new ones. */
const campaignVersions = { "section-access/worlds": 2, "rules/worlds": 3 } as const;

const streamId = "5ce1a000-0000-4000-8000-000000000001";
const ruleId = "5ce1a000-0000-4000-8000-000000000002";
export const appId = "5ce1a000-0000-4000-8000-000000000003";
export const openAppId = "5ce1a000-0000-4000-8000-000000000004";

/** An app without section access: who is refused elsewhere must still open this one. */
const openScript = "Orders:\nLOAD * INLINE [\nORDERNO\n1\n];\n";

function idOf(index: number): string {
  return `5ce1a000-0000-4000-8000-1${index.toString(16).padStart(11, "0")}`;
}

function userOf(who: Principal, index: number): Entity {
  const attributes = Object.entries({ ...who.attributes, group: who.groups }).flatMap(([attributeType, values]) =>
    values.map((attributeValue) => ({ attributeType, attributeValue })),
  );
  return { id: idOf(index), userDirectory: who.directory, userId: who.id, name: who.id, roles: [], attributes };
}

function appOf(id: string, name: string): Entity {
  return { id, name, published: true, stream: { id: streamId, name: "Sales" } };
}

/** A published app everybody may read, so that only section access stands between a user and the data. */
export function siteOfWorld(world: Pick<AccessWorld, "principals" | "script"> & Partial<AccessWorld>): Site {
  return {
    entities: {
      User: world.principals.map(userOf),
      Stream: [{ id: streamId, name: "Sales" }],
      App: [appOf(appId, "Orders"), appOf(openAppId, "Open orders")],
      SystemRule: [
        {
          id: ruleId,
          name: "Everyone reads",
          category: "Security",
          type: "Custom",
          rule: "",
          resourceFilter: "Stream_*, App*",
          actions: 2,
          ruleContext: 0,
          disabled: false,
        },
      ],
    },
    apps: {
      [appId]: { script: world.script, files: world.files ?? {} },
      [openAppId]: { script: openScript, files: {} },
    },
  };
}

function askOf(desk: Desk, id: string, probe: Probe): Ask {
  const expected = expectationOf(desk, probe);
  const proves = [...new Set(expected.because.map(({ requirement }): RequirementId => requirement))];
  return { id, probe, expected, proves };
}

function caseOf(
  campaign: keyof typeof campaignVersions,
  at: { seed: number; index: number },
  parts: { site: Site; asks: readonly Ask[]; dialect: string },
): Case | undefined {
  const [first, ...rest] = parts.asks;
  if (first === undefined) return undefined;
  return {
    id: `${campaign}/${at.seed}/${at.index}`,
    title: `world ${at.index} of seed ${at.seed}`,
    dialect: parts.dialect,
    needs: ["deploy", ...(campaign.startsWith("section-access") ? (["reload"] as const) : (["audit"] as const))],
    sites: { main: parts.site },
    asks: [first, ...rest],
    origin: { kind: "generated", campaign, version: campaignVersions[campaign], ...at },
  };
}

/** One world of section access: each principal opens the app, and the open one beside it. */
export function accessCase(
  seed: number,
  index: number,
  dialect: string,
  options: AccessWorldOptions = {},
): Case | undefined {
  const world = randomAccessWorld(seed, index, options);
  const site = siteOfWorld(world);
  const desk = deskFor(site, dialectOf(dialect));
  const asks = world.principals.flatMap((as, at) => [
    askOf(desk, `orders-${at}`, { kind: "open", app: appId, as, through: "tables" }),
    askOf(desk, `open-${at}`, { kind: "open", app: openAppId, as, through: "tables" }),
  ]);
  return caseOf("section-access/worlds", { seed, index }, { site, asks, dialect });
}

/** A site tells of QMC sections only who may read them. */
export function isAskable({ resource, action }: RuleQuestion): boolean {
  return resource.type !== "TransientObject" || action.toLowerCase() === "read";
}

function nameOf(directory: Json | undefined, id: Json | undefined): string {
  return JSON.stringify([directory, id]).toLowerCase();
}

export interface Settled {
  readonly site: Site;
  readonly questions: readonly RuleQuestion[];
}

/**
 * On a site, groups and attributes come from the directory alone: everybody who is asked about is a user there, and each
 * question is put with all that user has.
 */
export function settled(site: Site, questions: readonly RuleQuestion[]): Settled {
  const users = site.entities["User"] ?? [];
  const known = new Map(users.map((user) => [nameOf(user["userDirectory"], user["userId"]), user]));
  const people = new Map<string, Principal>();
  for (const [at, { as }] of questions.entries()) {
    if (as.directory.toUpperCase() === "NONE") continue;
    const name = nameOf(as.directory, as.id);
    const user = known.get(name) ?? userOf({ ...as, groups: [], attributes: {} }, at);
    const who = united(people.get(name) ?? principalOf(user), as);
    people.set(name, who);
    known.set(name, { ...user, attributes: userOf(who, at)["attributes"] ?? [] });
  }
  return {
    site: { ...site, entities: { ...site.entities, User: [...known.values()] } },
    questions: questions.map((question) => {
      const who = people.get(nameOf(question.as.directory, question.as.id));
      return who === undefined
        ? question
        : { ...question, as: { ...question.as, groups: who.groups, attributes: who.attributes } };
    }),
  };
}

function united(one: Principal, other: Principal): Principal {
  const names = new Set([...Object.keys(one.attributes), ...Object.keys(other.attributes)]);
  const both = (name: string): readonly string[] => [
    ...new Set([...(one.attributes[name] ?? []), ...(other.attributes[name] ?? [])]),
  ];
  return {
    ...one,
    groups: [...new Set([...one.groups, ...other.groups])],
    attributes: Object.fromEntries([...names].map((name) => [name, both(name)])),
  };
}

/** One world of rules: every question the world brings. */
export function rulesCase(
  seed: number,
  index: number,
  dialect: string,
  options: RuleWorldOptions = {},
): Case | undefined {
  const drawn = randomRuleWorld(seed, index, options);
  const { site, questions } = settled(drawn.site, drawn.questions.filter(isAskable));
  const desk = deskFor(site, dialectOf(dialect));
  const asks = questions.map((question, at) => askOf(desk, `question-${at}`, { kind: "decide", ...question }));
  return caseOf("rules/worlds", { seed, index }, { site, asks, dialect });
}

type Make = (seed: number, index: number, dialect: string) => Case | undefined;

function* worlds(make: Make, { seed, count, dialect }: Parameters<SuiteGroup["cases"]>[0]): Generator<Case> {
  for (let index = 0; index < count; index++) {
    const made = make(seed, index, dialect);
    if (made !== undefined) yield made;
  }
}

export const accessCampaign: SuiteGroup = {
  id: "section-access/campaign",
  area: "section-access",
  kind: "campaign",
  title: "section access: generated worlds are reduced as the reference reduces them",
  cases: (selection) => worlds((seed, index, dialect) => accessCase(seed, index, dialect), selection),
};

export const rulesCampaign: SuiteGroup = {
  id: "rules/campaign",
  area: "rules",
  kind: "campaign",
  title: "rules: generated rule sets decide as the reference decides",
  cases: (selection) => worlds((seed, index, dialect) => rulesCase(seed, index, dialect), selection),
};
