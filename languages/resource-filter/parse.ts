/** Text of a rule's resource filter → syntax tree (SR grammar §2.2). */
import { ConformanceError } from "../../contract/errors.ts";
import { placeAt } from "../place.ts";
import type { FilterItem, ResourceFilter } from "./ast.ts";

const expected = "*, a type with * (App*), with _* (App_*) or with _ and an id, or a QMC section (QmcSection_App)";

/** `QmcSection_App*` is seen in the field and, matched as a glob, means every section so named (SR-210). */
const section = /^QmcSection_(?:[\p{L}\p{N}.]+\*?|\*)$/iu;
const typed = /^(?<type>\p{L}[\p{L}\p{N}.]*)(?<rest>\*|_\*|_[\p{L}\p{N}][\p{L}\p{N}_-]*)$/u;

function remedyFor(item: string): string {
  if (item === "") return "name a resource between the commas, or remove one";
  if (item.includes("*_") || /_.*[^_]\*/.test(item)) return "use either * or _* or an id, not several (SR-206)";
  if (/^[\p{L}\p{N}.]+$/u.test(item)) return `write ${item}_* for every resource of this type (SR-203)`;
  if (/\s/.test(item)) return "separate the items with commas (SR-201)";
  return "compare with the forms above (SR-201 to SR-207)";
}

function parseItem(item: string): FilterItem | undefined {
  if (item === "*") return { kind: "everything" };
  if (section.test(item)) return { kind: "section", name: item };
  const { type, rest } = typed.exec(item)?.groups ?? {};
  if (type === undefined || rest === undefined) return undefined;
  if (rest === "*") return { kind: "typePrefix", type };
  if (rest === "_*") return { kind: "type", type };
  return { kind: "resource", type, id: rest.slice(1) };
}

/** Throws ConformanceError `filter-syntax` at the first item that is none of the documented forms. */
export function parseFilter(text: string, file?: string): ResourceFilter {
  let offset = 0;
  const items = text.split(",").map((part): FilterItem => {
    const name = part.trim();
    const item = parseItem(name);
    const start = offset + (name === "" ? part.length : part.indexOf(name));
    offset += part.length + 1;
    if (item !== undefined) return item;
    const message = name === "" ? "a resource is missing" : `${JSON.stringify(name)} is no resource of a filter`;
    throw new ConformanceError("filter-syntax", message, {
      ...placeAt(text, start),
      ...(file === undefined ? {} : { file }),
      expected,
      remedy: remedyFor(name),
    });
  });
  const [first, ...others] = items;
  if (first === undefined) throw new ConformanceError("filter-syntax", "the filter is empty", { expected });
  return { items: [first, ...others] };
}
