/** Draws a site: people who look alike, in groups that may be members of groups, and what they ask about. */
import type { Dice } from "../dice.ts";
import { connectionTypes, departments, groups, objectTypes, regions, roles, thingNames } from "../rule-vocabulary.ts";
import {
  addThing,
  closureOf,
  knownPeople,
  type GroupTree,
  type PersonDraft,
  type SiteDraft,
  type ThingDraft,
  type ThingType,
  type Values,
} from "./drafts.ts";
import type { RuleSettings } from "./settings.ts";

export interface Plan {
  readonly settings: RuleSettings;
  readonly dice: Dice;
}

function oneOf<Item>(items: readonly Item[], dice: Dice): Item {
  const item = items[dice.below(items.length)];
  if (item === undefined) throw new RangeError("nothing to draw from");
  return item;
}

/** Some of the items in their order, as many as drawn first: each is taken as likely as any other. */
function someOf(items: readonly string[], most: number, dice: Dice): readonly string[] {
  let wanted = Math.min(dice.below(most + 1), items.length);
  const chosen: string[] = [];
  for (let at = 0; wanted > 0 && at < items.length; at++) {
    const item = items[at];
    if (item === undefined || dice.below(items.length - at) >= wanted) continue;
    chosen.push(item);
    wanted -= 1;
  }
  return chosen;
}

/** As `someOf`, and now and then no such property at all. */
function maybe(items: readonly string[], most: number, dice: Dice): Values {
  return dice.chance(0.1) ? undefined : someOf(items, most, dice);
}

/** A group is a member of those before it in the vocabulary only, so that nothing is a member of itself. */
function nestingOf({ settings, dice }: Plan): GroupTree {
  if (!dice.chance(settings.nested)) return {};
  const [child, parent] = [1 + dice.below(groups.length - 1), dice.below(groups.length)];
  const [inner, middle] = [groups[child] ?? "", groups[Math.min(parent, child - 1)] ?? ""];
  const outer = groups.indexOf(middle) > 0 && dice.chance(0.5) ? groups[0] : undefined;
  return { [inner]: [middle], ...(outer === undefined ? {} : { [middle]: [outer] }) };
}

function personOf(who: PersonDraft["who"], nesting: GroupTree, { settings, dice }: Plan): PersonDraft {
  const { mostGroups } = settings;
  return {
    who,
    rowGroups: closureOf(someOf(groups, Math.min(1, mostGroups), dice), nesting),
    values: {
      group: closureOf(someOf(groups, mostGroups, dice), nesting),
      department: maybe(departments, 1, dice),
      title: undefined,
      role: someOf(roles, 1, dice),
      roles: maybe(roles, 3, dice),
      "@Region": someOf(regions, 2, dice),
      "@GroupAccess": dice.chance(0.7) ? [] : someOf(groups, 2, dice),
      "session group": maybe(groups, mostGroups, dice),
      "session department": maybe(departments, 1, dice),
      "session secureRequest": maybe(["true"], 1, dice),
    },
  };
}

/** Somebody is in all the groups of another but one. */
function shorten(people: readonly PersonDraft[], { settings, dice }: Plan): void {
  const rich = people.filter(({ values }) => (values.group ?? []).length > 0);
  if (rich.length === 0 || !dice.chance(settings.short)) return;
  const like = oneOf(rich, dice);
  const other = oneOf(people, dice);
  if (other === like) return;
  const all = like.values.group ?? [];
  const left = dice.below(all.length);
  other.values.group = all.filter((_, at) => at !== left);
  other.rowGroups = [];
}

export function drawThing(site: SiteDraft, type: ThingType, dice: Dice): ThingDraft {
  const thing = addThing(site, type);
  const { values } = thing;
  const owners = site.people.filter(({ who }) => who.known);
  const parentType = { App: "Stream", "App.Object": "App", ReloadTask: "App" }[type as string];
  const parents = site.things.filter((other) => other.type === parentType);
  values.name = [oneOf(thingNames, dice)];
  values.description = type === "App" || type === "App.Object" ? [oneOf(thingNames, dice)] : undefined;
  if (type === "App.Object") {
    values.objectType = [oneOf(objectTypes, dice)];
    values.published = [String(dice.chance(0.5))];
    values.approved = [String(dice.chance(0.5))];
  } else values["@Region"] = someOf(regions, 2, dice);
  if (type === "DataConnection") values.type = [oneOf(connectionTypes, dice)];
  values["@GroupAccess"] = type === "Stream" || type === "DataConnection" ? someOf(groups, 3, dice) : undefined;
  if (type === "App.Object") values["@Region"] = undefined;
  if (type !== "ReloadTask") thing.owner = dice.chance(0.8) ? oneOf(owners, dice) : null;
  if (parentType !== undefined) thing.parent = parents[dice.below(parents.length + 1)] ?? null;
  return thing;
}

/** A thing for a question about what is yet to be created; not of the site. */
export function drawSpare(site: SiteDraft, type: ThingType, dice: Dice): ThingDraft {
  const beside: SiteDraft = { ...site, things: [...site.things] };
  return { ...drawThing(beside, type, dice), id: `${addThing(beside, type).id.slice(0, -2)}fa` };
}

export function drawSite(plan: Plan): SiteDraft {
  const { settings, dice } = plan;
  const nesting = nestingOf(plan);
  const people = knownPeople.map((who) => personOf(who, nesting, plan));
  shorten(people, plan);
  const site: SiteDraft = { people, things: [], nesting };
  const counts: readonly (readonly [ThingType, least: number, most: number])[] = [
    ["Stream", 1, settings.mostStreams],
    ["App", 1, settings.mostApps],
    ["App.Object", 0, settings.mostObjects],
    ["DataConnection", 0, settings.mostConnections],
    ["ReloadTask", 0, settings.mostTasks],
  ];
  for (const [type, least, most] of counts) {
    const count = least + dice.below(most - least + 1);
    for (let at = 0; at < count; at++) drawThing(site, type, dice);
  }
  return site;
}
