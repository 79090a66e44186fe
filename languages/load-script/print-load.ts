/** The LOAD statement → text. */
import { ConformanceError } from "../../contract/errors.ts";
import type { FileFormat, Load, LoadItem, LoadSource, Prefix, TableTransformation } from "./ast.ts";
import { printExpression, printName, printText } from "./print-expression.ts";
import { closingOf } from "./scan.ts";

function target(table: string | undefined): string {
  return table === undefined ? "" : ` (${printName(table)})`;
}

/** Names in parentheses; those left out are empty, at the end they are gone. */
function printArguments(names: readonly (string | undefined)[]): string {
  const last = names.findLastIndex((name) => name !== undefined);
  const printed = names.slice(0, last + 1).map((name) => (name === undefined ? "" : printText(name)));
  return `(${printed.join(", ")})`;
}

function printTransformation(prefix: TableTransformation): string {
  switch (prefix.kind) {
    case "generic":
      return "GENERIC";
    case "crosstable": {
      const qualifiers = prefix.qualifiers === undefined ? "" : `, ${prefix.qualifiers}`;
      return `CROSSTABLE (${printName(prefix.attribute)}, ${printName(prefix.data)}${qualifiers})`;
    }
    case "intervalmatch":
      return `INTERVALMATCH ${printArguments([prefix.field, ...prefix.keys])}`;
    case "hierarchy": {
      const { node, parent, name, parentName, pathSource, pathName, pathDelimiter, depth } = prefix;
      return `HIERARCHY ${printArguments([node, parent, name, parentName, pathSource, pathName, pathDelimiter, depth])}`;
    }
    case "hierarchybelongsto": {
      const { node, parent, name, ancestorId, ancestorName, depthDifference } = prefix;
      return `HIERARCHYBELONGSTO ${printArguments([node, parent, name, ancestorId, ancestorName, depthDifference])}`;
    }
  }
}

function printBuffer({ incremental, stale }: Prefix & { readonly kind: "buffer" }): string {
  const options = [
    ...(incremental ? ["INCREMENTAL"] : []),
    ...(stale ? [`STALE AFTER ${stale.amount} ${stale.unit.toUpperCase()}`] : []),
  ];
  return options.length === 0 ? "BUFFER" : `BUFFER (${options.join(", ")})`;
}

/** Prefixes that say where the rows go. */
type Destination = Extract<Prefix, { readonly kind: "mapping" | "noconcatenate" | "concatenate" | "join" | "keep" }>;

function printDestination(prefix: Destination): string {
  switch (prefix.kind) {
    case "mapping":
    case "noconcatenate":
      return prefix.kind.toUpperCase();
    case "concatenate":
      return `CONCATENATE${target(prefix.table)}`;
    case "join":
    case "keep":
      return `${prefix.side.toUpperCase()} ${prefix.kind.toUpperCase()}${target(prefix.table)}`;
  }
}

/** Prefixes that say when and how much is read. */
type Reading = Extract<Prefix, { readonly kind: "first" | "add" | "replace" | "buffer" }>;

function printReading(prefix: Reading): string {
  switch (prefix.kind) {
    case "first":
      return `FIRST (${printExpression(prefix.count)})`;
    case "add":
    case "replace":
      return `${prefix.kind.toUpperCase()}${prefix.only ? " ONLY" : ""}`;
    case "buffer":
      return printBuffer(prefix);
  }
}

function isDestination(prefix: Prefix): prefix is Destination {
  return ["mapping", "noconcatenate", "concatenate", "join", "keep"].includes(prefix.kind);
}

function isReading(prefix: Prefix): prefix is Reading {
  return ["first", "add", "replace", "buffer"].includes(prefix.kind);
}

function printPrefix(prefix: Prefix): string {
  if (isDestination(prefix)) return printDestination(prefix);
  return isReading(prefix) ? printReading(prefix) : printTransformation(prefix);
}

function printItem(item: LoadItem): string {
  if (item.kind === "all") return "*";
  const value = printExpression(item.value);
  return item.alias === undefined ? value : `${value} AS ${printName(item.alias)}`;
}

export function printFormat(format: FileFormat | undefined): string {
  if (format === undefined) return "";
  const items = [
    format.format,
    format.charset,
    format.labels === undefined ? undefined : `${format.labels === "none" ? "no" : format.labels} labels`,
    format.delimiter === undefined ? undefined : `delimiter is ${printText(format.delimiter)}`,
    format.table === undefined ? undefined : `table is ${printText(format.table)}`,
    format.quoting === "none" ? "no quotes" : format.quoting,
    format.header === undefined ? undefined : `header is ${format.header} lines`,
    format.comment === undefined ? undefined : `comment is ${printText(format.comment)}`,
  ];
  return ` (${items.filter((item) => item !== undefined).join(", ")})`;
}

function printInline(source: LoadSource & { readonly kind: "inline" }): string {
  const closing = closingOf(source.enclosure) ?? source.enclosure;
  if (source.data.includes(closing)) {
    throw new ConformanceError("input", `inline data contain their closing mark ${closing}`, {
      remedy: "choose another enclosure",
    });
  }
  return `\nINLINE ${source.enclosure}${source.data}${closing}${printFormat(source.format)}`;
}

export function printPath(path: string): string {
  return `[${path.replaceAll("]", "]]")}]`;
}

function printSource(source: LoadSource): string {
  switch (source.kind) {
    case "inline":
      return printInline(source);
    case "file":
      return `\nFROM ${[source.path, ...(source.morePaths ?? [])].map(printPath).join(", ")}${printFormat(source.format)}`;
    case "resident":
      return `\nRESIDENT ${printName(source.table)}`;
    case "autogenerate":
      return `\nAUTOGENERATE ${printExpression(source.count)}`;
    case "select":
    case "preceding":
      return "";
  }
}

function printClauses(load: Load): string {
  const orders = load.orderBy?.map(({ field, descending }) => `${printName(field)}${descending ? " DESC" : ""}`);
  return [
    load.where && `\nWHERE ${printExpression(load.where)}`,
    load.while && `\nWHILE ${printExpression(load.while)}`,
    load.groupBy && `\nGROUP BY ${load.groupBy.map(printExpression).join(", ")}`,
    orders && `\nORDER BY ${orders.join(", ")}`,
  ]
    .filter((clause) => clause !== undefined)
    .join("");
}

/** One LOAD, without its semicolon. Throws ConformanceError `input` for inline data with their closing mark. */
export function printLoad(load: Load): string {
  const label = load.label === undefined ? "" : `${printName(load.label)}:\n`;
  const prefixes = load.prefixes.map((prefix) => `${printPrefix(prefix)} `).join("");
  if (load.source.kind === "select") return `${label}${prefixes}SQL ${load.source.sql}`;
  const fields = load.fields.map(printItem).join(", ");
  const distinct = load.distinct ? "DISTINCT " : "";
  return `${label}${prefixes}LOAD ${distinct}${fields}${printSource(load.source)}${printClauses(load)}`;
}
