/** Resource filters: how they are written, and what of a site they cover. */
import type { Dice } from "../dice.ts";
import { sectionNames, thingId } from "../rule-vocabulary.ts";
import { thingTypes, type Entities } from "./drafts.ts";
import type { Thing } from "./reading.ts";

interface Item {
  readonly text: string;
  readonly covers: (type: string, id: string) => boolean;
  readonly pages: readonly Thing[];
  /** Something it covers, where the site holds nothing such. */
  readonly example: Thing;
}

export interface Filter {
  readonly text: string;
  readonly things: readonly Thing[];
}

function oneOf(words: readonly string[], dice: Dice): string {
  return words[dice.below(words.length)] ?? "";
}

function bare(type: string): Thing {
  return { type, id: "", fields: { name: "Sales" } };
}

function section(name: string): Thing {
  return { type: "TransientObject", id: name, fields: { name } };
}

/** Covers pages of the QMC, which are no entities of the site (SR-207). */
function pages(text: string, names: readonly string[], covers: Item["covers"]): Item {
  return { text, covers, pages: names.map(section), example: bare("App") };
}

function unknownType(dice: Dice): Item {
  const text = oneOf(["Sheet_*", "Sheet_*", "User_*", "SystemRule_*"], dice);
  return { text, covers: () => false, pages: [], example: bare("App.Object") };
}

function item(entities: Entities, dice: Dice): Item {
  const held = thingTypes.filter((type) => (entities[type] ?? []).length > 0);
  const type = oneOf(dice.chance(0.9) ? held : thingTypes, dice);
  const turn = dice.below(20);
  const common = { pages: [], example: bare(type) };
  if (turn < 2) return pages("*", sectionNames.slice(0, 1), () => true);
  if (turn < 6) return { ...common, text: `${type}*`, covers: (name) => name.startsWith(type) };
  if (turn < 14) return { ...common, text: `${type}_*`, covers: (name) => name === type };
  if (turn < 17) {
    const rows = entities[type] ?? [];
    const wanted = rows[dice.below(rows.length)]?.id ?? thingId(type, 99);
    return { ...common, text: `${type}_${wanted}`, covers: (name, id) => name === type && id === wanted };
  }
  if (turn === 19) return unknownType(dice);
  const name = oneOf(sectionNames, dice);
  return pages(name, [name], () => false);
}

/** What a filter covers of a site, by its items; where that is nothing, something like it. */
function filterOf(items: readonly Item[], comma: string, all: readonly Thing[]): Filter {
  const entities = all.filter(({ type, id }) => items.some(({ covers }) => covers(type, id)));
  const covered = [...entities, ...items.flatMap((one) => one.pages)];
  return {
    text: items.map(({ text }) => text).join(comma),
    things: covered.length > 0 ? covered : items.map(({ example }) => example),
  };
}

export function drawFilter(entities: Entities, all: readonly Thing[], dice: Dice): Filter {
  const items = Array.from({ length: 1 + dice.below(3) }, () => item(entities, dice));
  return filterOf(items, dice.pick([",", ", "]), all);
}

/** Everything of one type. */
export function filterFor(type: string, all: readonly Thing[]): Filter {
  const one: Item = { text: `${type}_*`, covers: (name) => name === type, pages: [], example: bare(type) };
  return filterOf([one], ",", all);
}

/** The things of a site that rules are about; users are not. */
export function thingsOf(entities: Entities): readonly Thing[] {
  return thingTypes.flatMap((type) => (entities[type] ?? []).map((fields): Thing => ({ type, id: fields.id, fields })));
}
