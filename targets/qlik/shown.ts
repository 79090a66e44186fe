/** What a case wants to see of an answer on the wire, picked by short words; secrets are told to be there, never shown. */
import type { Json, Value } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import type { Answer } from "./http.ts";
import { isList, isObject } from "./steps.ts";

/** Members and headers whose value opens something. */
const secret = /cookie|csrf|ticket|token|passw|secret|authorization|xrfkey|session-?id|private|\bkey\b/i;

/** An address or header that carries what opens something. */
const opens = /(?:ticket|token|session|key)=/i;

const present = "present";
const longest = 200;

/** The part of JSON a pointer (RFC 6901) leads to; undefined when there is none. */
export function pointed(value: Json | undefined, pointer: string): Json | undefined {
  let at = value;
  for (const raw of pointer
    .split("/")
    .slice(1)
    .filter((part) => part !== "")) {
    const part = raw.replaceAll("~1", "/").replaceAll("~0", "~");
    if (isList(at)) at = at[Number(part)];
    else at = isObject(at) && Object.hasOwn(at, part) ? at[part] : undefined;
  }
  return at;
}

/** A part of an answer as a value: lists and objects by their kind, true and false as 1 and 0. */
function valueOf(part: Json | undefined, pointer: string): Value {
  if (part === undefined || part === null) return null;
  if (typeof part === "boolean") return part ? 1 : 0;
  if (isList(part)) return "list";
  if (isObject(part)) return "object";
  if (secret.test(pointer.split("/").at(-1) ?? "")) return present;
  return typeof part === "string" ? part.slice(0, longest) : part;
}

function plain(value: Value): string {
  return value !== null && typeof value === "object" ? value.t : String(value ?? "");
}

function kindOf(part: Json | undefined): Value {
  if (part === undefined) return null;
  if (part === null) return "null";
  if (isList(part)) return "list";
  return typeof part === "string" ? "text" : typeof part;
}

/** `value /a/b`, `kind /a/b`, `count /list`, `each /list field` (sorted, joined by commas). */
function fromJson(json: Json | undefined, words: readonly string[]): Value {
  const [how = "", pointer = "", field = ""] = words;
  const part = pointed(json, pointer);
  if (how === "value") return valueOf(part, pointer);
  if (how === "kind") return kindOf(part);
  if (!isList(part)) return null;
  if (how === "count") return part.length;
  return part
    .map((item) => plain(valueOf(pointed(item, `/${field}`), `/${field}`)))
    .sort()
    .join(", ");
}

const jsonWords: ReadonlySet<string> = new Set(["value", "kind", "count", "each"]);

/** Names to what is seen. `rename` puts the case's ids in the place of the site's. */
export function shownOf(
  wanted: Json | undefined,
  see: (words: readonly string[]) => Value,
  rename: (text: string) => string,
): { readonly [name: string]: Value } {
  if (wanted === undefined) return {};
  if (!isObject(wanted)) throw new TargetFault("malformed", 'a step\'s "show" names no values');
  return Object.fromEntries(
    Object.entries(wanted).map(([name, words]) => {
      if (typeof words !== "string") throw new TargetFault("malformed", `"show" of ${name} is no text`);
      const value = see(words.split(" "));
      return [name, typeof value === "string" ? rename(value) : value];
    }),
  );
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** A cookie's name and attributes, without its value: `X-Qlik-Session-hub; Path /; HttpOnly`. */
function cookieShape(line: string): string {
  const [pair = "", ...attributes] = line.split(";");
  return [pair.split("=")[0] ?? "", ...attributes.map((attribute) => attribute.trim().replace("=", " "))].join("; ");
}

function headerOf(answer: Answer, name: string): Value {
  if (name.toLowerCase() === "set-cookie") return answer.setCookies.map(cookieShape).join(", ") || null;
  const value = answer.headers.get(name);
  return value !== null && (secret.test(name) || opens.test(value)) ? present : value;
}

/** Text that is no JSON: members of an object may be secrets, and are asked for by name. */
function plainText(text: string): Value {
  const json = parsed(text);
  return isList(json) || isObject(json) ? kindOf(json) : text.slice(0, longest);
}

/** What is seen of an HTTP answer: `header name`, `text`, `holds words` (1 or 0), `type`, or a part of its JSON. */
export function seenInAnswer(answer: Answer): (words: readonly string[]) => Value {
  return (words) => {
    const [how = "", name = ""] = words;
    if (jsonWords.has(how)) return fromJson(parsed(answer.text), words);
    if (how === "header") return headerOf(answer, name);
    if (how === "type") return (answer.headers.get("content-type") ?? "").split(";")[0] ?? "";
    if (how === "holds") return answer.text.includes(words.slice(1).join(" ")) ? 1 : 0;
    if (how === "text") return plainText(answer.text);
    throw new TargetFault("malformed", `nothing of an answer is called "${how}"`);
  };
}

/** What is seen of a frame: a part of its JSON. */
export function seenInFrame(frame: Json): (words: readonly string[]) => Value {
  return (words) => {
    if (!jsonWords.has(words[0] ?? ""))
      throw new TargetFault("malformed", `nothing of a frame is called "${words[0]}"`);
    return fromJson(frame, words);
  };
}
