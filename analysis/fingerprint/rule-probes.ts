/** Probes about how rules are read: each a rule of its own on a stream or an app of its own, and one user who asks. */
import type { Entity, Principal, Probe } from "../../contract/types.ts";
import type { DialectSwitch } from "../../catalogue/dialects.ts";
import { switchRequirement } from "../../catalogue/dialects.ts";
import { idOf, keeper, ruleEntity } from "./entities.ts";
import type { SiteProbe } from "./types.ts";

export const dora: Principal = {
  directory: "CORP",
  id: "dora",
  groups: ["TRADERS", "BUYERS"],
  attributes: {},
  session: {},
};
export const emil: Principal = {
  directory: "CORP",
  id: "emil",
  groups: [],
  attributes: {},
  session: { group: ["NIGHTSHIFT"] },
};

interface RuleProbe {
  readonly id: string;
  readonly title: string;
  /** None for the control. */
  readonly about?: DialectSwitch;
  /** The stream the rule is about is called `Reading …`; an app of this name lies in a stream nobody reads. */
  readonly name: string;
  readonly rule: string;
  readonly as?: Principal;
  /** How the filter writes the type. */
  readonly filter?: "stream" | "App";
  /** Users' groups are part of the question. */
  readonly groups?: true;
}

/** The probe of the stream that none of these rules opens to its asker. */
export const closedStream = "no-rule";

const probes: readonly RuleProbe[] = [
  { id: closedStream, title: "a stream no rule lets the user read", name: "Closed", rule: 'user.userId = "nobody"' },
  {
    id: "pattern-case",
    title: "a pattern in other letters than the name",
    about: "matchesCase",
    name: "Paypal",
    rule: 'resource.name matches ".*PAYP.*"',
  },
  {
    id: "unequal-list",
    title: "two groups against one name by !=",
    about: "notEqualOnLists",
    name: "Purchase",
    rule: 'user.group != "TRADERS"',
    groups: true,
  },
  {
    id: "unequal-missing",
    title: "an attribute the user has not, by !=",
    about: "notEqualOnMissing",
    name: "Offices",
    rule: 'user.office != "ROME"',
  },
  {
    id: "filter-case",
    title: "a filter that writes the type in small letters",
    about: "filterCase",
    name: "Stock",
    rule: "",
    filter: "stream",
  },
  {
    id: "escaped-backslash",
    title: "two backslashes in a literal, one in the name",
    about: "literalEscapes",
    name: "North\\South",
    rule: String.raw`resource.name = "Reading North\\South"`,
  },
  {
    id: "strict-case",
    title: "a name in other letters, by ==",
    about: "strictCase",
    name: "Strict",
    rule: 'resource.name == "READING STRICT"',
  },
  {
    id: "stream-as-text",
    title: "the stream of an app beside the stream's name",
    about: "objectAsText",
    name: "Pinned",
    rule: 'resource.stream = "Reading Closed"',
    filter: "App",
  },
  {
    id: "question-mark",
    title: "a question mark in like",
    about: "likeQuestionMark",
    name: "Pier",
    rule: 'resource.name like "Reading P?er"',
  },
  {
    id: "and-beside-or",
    title: "and beside or without parentheses",
    about: "precedence",
    name: "Sales",
    rule: 'user.userId = "dora" or user.userId = "emil" and resource.name = "Finance"',
  },
  {
    id: "session-group",
    title: "a group of the session in a rule about the user's groups",
    about: "sessionAttributesPersist",
    name: "Night",
    rule: 'user.group = "NIGHTSHIFT"',
    as: emil,
    groups: true,
  },
];

function isApp({ filter }: RuleProbe): boolean {
  return filter === "App";
}

function entityId({ id }: RuleProbe): string {
  return idOf(`stream ${id}`);
}

function reads(probe: RuleProbe): { readonly [name: string]: Probe } {
  const as = probe.as ?? dora;
  const resource = { type: isApp(probe) ? "App" : "Stream", id: entityId(probe) };
  return { [as.id]: { kind: "decide", as, resource, action: "read", context: "hub" } };
}

export const ruleProbes: readonly SiteProbe[] = probes.map((probe): SiteProbe => {
  const about = probe.about === undefined ? [] : [probe.about];
  return {
    id: probe.id,
    requirement: probe.about === undefined ? "SR-101" : switchRequirement[probe.about],
    title: probe.title,
    about,
    depends: about,
    needs: probe.groups === true ? ["audit", "groups"] : ["audit"],
    questions: reads(probe),
  };
});

function named(probe: RuleProbe): Entity {
  return { id: entityId(probe), name: `Reading ${probe.name}`, owner: keeper, customProperties: [] };
}

export function probedStreams(): readonly Entity[] {
  return probes.filter((probe) => !isApp(probe)).map(named);
}

/** Apps of probes, in the stream nobody reads. */
export function probedApps(): readonly Entity[] {
  const stream = probedStreams().find(({ id }) => id === idOf(`stream ${closedStream}`));
  const place = { id: stream?.id ?? "", name: "Reading Closed" };
  return probes.filter(isApp).map((probe) => ({ ...named(probe), stream: place, published: true }));
}

export function probedRules(): readonly Entity[] {
  return probes.map((probe) =>
    ruleEntity(`Reading ${probe.id}`, `${probe.filter ?? "Stream"}_${entityId(probe)}`, probe.rule),
  );
}
