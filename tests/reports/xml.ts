/** A strict reader of the XML that reports write: elements and attributes, no namespaces, no CDATA, no comments. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
}

const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const entity = /&(?!(?:amp|lt|gt|quot|apos);)/;
const tags = /<(\/?)([a-z]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g;

function attributesOf(text: string): XmlElement["attributes"] {
  const pairs = [...text.matchAll(/ ([a-z]+)="([^"]*)"/g)];
  return Object.fromEntries(pairs.map(([, name, value]) => [name ?? "", value ?? ""]));
}

/** What is left without its tags may hold no markup, and nothing may stand outside the root. */
function requireCharacters(text: string): void {
  if (forbidden.test(text) || entity.test(text)) throw new SyntaxError("a character or an entity that XML forbids");
  if (text.replaceAll(tags, "").includes("<")) throw new SyntaxError("a tag that is none");
}

/** How deep each tag leaves the document, or an error where a tag closes another than the last one opened. */
function depthAfter(open: string[], [, close, name = "", , empty]: RegExpExecArray): number {
  if (close === "/") {
    if (open.pop() !== name) throw new SyntaxError(`</${name}> closes nothing`);
  } else if (empty === "") open.push(name);
  return open.length;
}

/** Every element in document order. Throws where the text is not well-formed. */
export function elementsOf(document: string): readonly XmlElement[] {
  const text = document.replace(/^<\?xml [^?]*\?>/, "");
  requireCharacters(text);
  const found = [...text.matchAll(tags)];
  const open: string[] = [];
  const depths = found.map((match) => depthAfter(open, match));
  if (depths.indexOf(0) !== depths.length - 1) throw new SyntaxError("not exactly one closed root");
  const starts = found.filter(([, close]) => close === "");
  return starts.map(([, , name = "", attributes = ""]) => ({ name, attributes: attributesOf(attributes) }));
}
