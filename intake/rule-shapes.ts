/**
 * One security rule as people keep it: an entity of QRS, the body a script posts, an object of another client with its
 * keys in other letters, a line of a table. What QRS would answer is made of it; what would read otherwise than it looks
 * is refused.
 */
import { ConformanceError, type Place } from "../contract/errors.ts";
import type { Entity, Json } from "../contract/types.ts";
import { isObject } from "./files.ts";

/** Fields of a rule that decide, in the letters of QRS (SR-133). */
const fields = [
  "id",
  "name",
  "category",
  "type",
  "rule",
  "resourceFilter",
  "actions",
  "ruleContext",
  "disabled",
  "seedId",
  "tags",
] as const;

const fieldNamed: ReadonlyMap<string, string> = new Map(fields.map((field) => [field.toLowerCase(), field]));

/** Actions as the QMC and as the API call them, with their bits (catalogue §4.4). */
const actionWords: ReadonlyMap<string, number> = new Map([
  ["create", 1],
  ["read", 2],
  ["update", 4],
  ["delete", 8],
  ["export", 16],
  ["publish", 32],
  ["changeowner", 64],
  ["changerole", 128],
  ["exportdata", 256],
  ["offlineaccess", 512],
  ["accessoffline", 512],
  ["distribute", 1024],
  ["duplicate", 2048],
  ["approve", 4096],
  // The same bit under the names of the other categories (SR-235).
  ["allowaccess", 1],
  ["loadbalancing", 1],
]);

/** Where a rule takes part (SR-121): the numbers, the names of QRS, the words of the QMC and of its clients. */
const contextWords: ReadonlyMap<string, number> = new Map([
  ["0", 0],
  ["both", 0],
  ["bothqliksenseandqmc", 0],
  ["bothinhubandqmc", 0],
  ["hubandqmc", 0],
  ["1", 1],
  ["hub", 1],
  ["qliksenseonly", 1],
  ["onlyinhub", 1],
  ["2", 2],
  ["qmc", 2],
  ["qmconly", 2],
  ["onlyinqmc", 2],
]);

const categories: ReadonlyMap<string, string> = new Map(
  ["Security", "License", "Sync"].map((name) => [name.toLowerCase(), name]),
);

const yes: ReadonlySet<string> = new Set(["true", "yes", "1"]);
const no: ReadonlySet<string> = new Set(["false", "no", "0", ""]);

type Fields = { readonly [field: string]: Json };

/** What is wrong with the field, told where the file has the rule. */
type Refuse = (field: string, message: string, expected: string) => ConformanceError;

/** Letters alone: `Change owner`, `change-owner` and `changeOwner` are one word. */
function word(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]+/g, "");
}

/** The fields in the letters of QRS; what is no field of a rule stays as it is. */
function inLettersOfQrs(value: Fields): Fields {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const known = fieldNamed.get(name.toLowerCase());
      return [known === undefined || (known !== name && known in value) ? name : known, item];
    }),
  );
}

/** Whether it says which resources it covers, as nothing else of QRS does, and what about them. */
export function isRuleShaped(value: Json | undefined): value is Fields {
  if (!isObject(value)) return false;
  const { resourceFilter, rule, actions } = inLettersOfQrs(value);
  return typeof resourceFilter === "string" && (rule !== undefined || actions !== undefined);
}

function bitsOf(names: readonly string[]): number | undefined {
  const bits = names.map((name) => actionWords.get(word(name)));
  if (names.length === 0 || bits.some((bit) => bit === undefined)) return undefined;
  return bits.reduce((sum: number, bit) => sum | (bit ?? 0), 0);
}

/** A number, the number as a text, or the names. */
function actionsOf(value: Json | undefined): number | undefined {
  if (typeof value === "number") return Number.isInteger(value) && value >= 0 ? value : undefined;
  if (typeof value === "string" && /^\s*\d+\s*$/.test(value)) return Number(value);
  const names = typeof value === "string" ? value.split(/[,;+|]/) : Array.isArray(value) ? value : [];
  return bitsOf(names.filter((name) => typeof name === "string"));
}

function contextOf(value: Json | undefined): number | undefined {
  if (value === undefined || value === null || value === "") return 0;
  return typeof value === "string" || typeof value === "number" ? contextWords.get(word(String(value))) : undefined;
}

function disabledOf(value: Json | undefined): boolean | undefined {
  if (value === undefined || value === null) return false;
  if (typeof value === "boolean") return value;
  const told = word(typeof value === "string" || typeof value === "number" ? String(value) : "?");
  return yes.has(told) ? true : no.has(told) ? false : undefined;
}

function quoted(value: Json | undefined): string {
  return JSON.stringify(value ?? null).slice(0, 60);
}

/** A list without conditions, read as it is, would grant everything to everybody. */
function refuseCondensed({ rule, resourceFilter, actions }: Fields, refuse: Refuse): void {
  const lacks = [
    ["rule", typeof rule === "string"],
    ["resourceFilter", typeof resourceFilter === "string"],
    ["actions", actions !== undefined && actions !== null],
  ].find(([, there]) => there === false);
  if (lacks !== undefined) {
    throw refuse(String(lacks[0]), `has no "${String(lacks[0])}"`, "rules with rule, resourceFilter and actions");
  }
}

function titleOf({ name, id }: Fields, fallback: string): string {
  return quoted(typeof name === "string" && name !== "" ? name : (id ?? fallback));
}

/**
 * The rule as QRS would answer it; `fallback` is the id of one that has none. Throws `input` at the place of what cannot
 * be read.
 */
export function ruleEntity(value: Fields, fallback: string, placeOf: (field: string) => Place): Entity {
  const given = inLettersOfQrs(value);
  const refuse: Refuse = (field, message, expected) =>
    new ConformanceError("input", `the rule ${titleOf(given, fallback)} ${message}`, {
      ...placeOf(field),
      expected,
      remedy: "export the rules from /qrs/systemrule/full",
    });
  refuseCondensed(given, refuse);
  const { id, category } = given;
  const [actions, ruleContext] = [actionsOf(given["actions"]), contextOf(given["ruleContext"])];
  const disabled = disabledOf(given["disabled"]);
  const known =
    category === undefined ? "Security" : typeof category === "string" ? categories.get(word(category)) : undefined;
  if (actions === undefined)
    throw refuse("actions", `has the actions ${quoted(given["actions"])}`, "a number such as 2, or names of actions");
  if (ruleContext === undefined)
    throw refuse("ruleContext", `has the ruleContext ${quoted(given["ruleContext"])}`, "0 (both), 1 (hub) or 2 (QMC)");
  if (disabled === undefined) throw refuse("disabled", `is disabled ${quoted(given["disabled"])}`, "true or false");
  if (known === undefined)
    throw refuse("category", `has the category ${quoted(category)}`, "Security, License or Sync");
  const own = typeof id === "string" && id !== "" ? id : fallback;
  return { ...given, id: own, category: known, actions, ruleContext, disabled };
}
