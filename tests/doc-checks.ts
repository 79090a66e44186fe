/** What a page of documentation may claim: each check gives the claims of a text that do not hold. */
import { dirname, join, normalize } from "node:path";
import { dialectNames } from "../catalogue/dialects.ts";
import { read, type Command } from "../cli/arguments.ts";
import { isKnownError } from "../contract/errors.ts";
import { areas } from "../suites/selection.ts";
import { targetNames } from "../targets/open.ts";

/** A page by its path from the root of the repository. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

export interface Tree {
  /** Whether a file or folder of this path exists. */
  readonly exists: (path: string) => boolean;
  /** Text of a page; undefined where there is none. */
  readonly text: (path: string) => string | undefined;
  /** Names of the folders at the root. */
  readonly folders: readonly string[];
}

const fence = /^(```|~~~)[^\n]*\n([\s\S]*?)^\1\s*$/gm;
const span = /`([^`\n]+)`/g;

function fences(text: string): readonly string[] {
  return [...text.matchAll(fence)].map(([, , body = ""]) => body);
}

function prose(text: string): string {
  return text.replaceAll(fence, "");
}

function spans(text: string): readonly string[] {
  return [...prose(text).matchAll(span)].map(([, code = ""]) => code);
}

/** The anchor GitHub gives a heading. */
function anchorOf(heading: string): string {
  const plain = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1").toLowerCase();
  return plain.replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(/\s/g, "-");
}

function anchors(text: string): ReadonlySet<string> {
  return new Set([...prose(text).matchAll(/^#+ +(.+?) *$/gm)].map(([, heading = ""]) => anchorOf(heading)));
}

/** Relative links that lead nowhere, and anchors their page does not have. */
export function brokenLinks(page: Page, tree: Tree): readonly string[] {
  const plain = prose(page.text).replaceAll(span, "`");
  const targets = [...plain.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => {
      const [file = "", anchor] = target.split("#");
      const path = file === "" ? page.path : normalize(join(dirname(page.path), decodeURIComponent(file)));
      if (path.startsWith("..") || !tree.exists(path)) return true;
      return anchor !== undefined && !anchors(tree.text(path) ?? "").has(anchor);
    });
}

/** Paths of the repository quoted in code that do not exist; a path with a placeholder in it is none. */
export function lostPaths(page: Page, tree: Tree): readonly string[] {
  const words = [...spans(page.text), ...fences(page.text)].flatMap((code) => code.split(/[\s'"(),:;]+/));
  return [...new Set(words)].filter((word) => {
    const path = word.replace(/^\.\//, "").replace(/\.$/, "");
    const isPath = /^[\w.@-]+\/[\w./@-]*$/.test(path) && tree.folders.includes(path.split("/")[0] ?? "");
    return isPath && !tree.exists(path);
  });
}

const ofNpm: ReadonlySet<string> = new Set(["ci", "install", "pack", "exec", "audit", "outdated"]);

/** npm scripts that package.json does not have. */
export function unknownScripts(page: Page, scripts: readonly string[]): readonly string[] {
  const code = [...spans(page.text), ...fences(page.text)].join("\n");
  const named = [...code.matchAll(/\bnpm (?:-[-\w]+ )*(?:run (?:-[-\w]+ )*)?([a-z][\w:.-]*)/g)];
  return named.map(([, name = ""]) => name).filter((name) => !ofNpm.has(name) && !scripts.includes(name));
}

/** The words of a shell command up to the first operator, comment or line end. */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  for (const [word] of line.matchAll(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g)) {
    if (/^(?:[|&;#>]|\d>)/.test(word)) break;
    words.push(word.replaceAll(/'([^']*)'|"([^"]*)"|\\(.)/g, "$1$2$3").replace(/;$/, ""));
  }
  return words;
}

const callers = /(?<![\w=/.-])(?:npx tsx cli\/main\.ts|qlik-conformance|(npm start --))(?: +|$)(.*)$/;

/** Calls of the command in code, without its name: `["run", "--target", "mock"]`. Synopses and elisions are none. */
export function commandLines(text: string): readonly (readonly string[])[] {
  const lines = [...spans(text), ...fences(text).flatMap((body) => body.replaceAll(/\\\n\s*/g, " ").split("\n"))];
  return lines.flatMap((line) => {
    const [, start, rest = ""] = callers.exec(line) ?? [];
    const words = shellWords(rest);
    if (words.length === 0 || /\[options\]|…/.test(rest) || /qlik-conformance[/.:-]/.test(line)) return [];
    return [start === undefined ? words : ["run", ...words]];
  });
}

interface Named {
  readonly commands: readonly Command[];
  readonly defects: readonly string[];
}

/** Names each flag takes; a word in capitals stands for any of them, a path for a module. */
function unknownValue(command: Command, words: readonly string[], defects: readonly string[]): string | undefined {
  const given = read(command, words);
  const takes: { readonly [flag: string]: readonly string[] } = {
    target: targetNames,
    dialect: dialectNames,
    defect: defects,
    suite: areas,
  };
  const found = Object.entries(takes).flatMap(([flag, names]) => {
    const values = flag in command.options ? (given.text(flag)?.split(",") ?? []) : [];
    return values
      .filter(
        (value) => !names.includes(value) && !/^[A-Z]+$/.test(value) && !(flag === "target" && /[/\\]/.test(value)),
      )
      .map((value) => `no ${flag} ${value}`);
  });
  return found[0];
}

/** Calls the command would refuse: no such command, unknown flags, stray words, names that do not exist. */
export function refusedCommands(page: Page, { commands, defects }: Named): readonly string[] {
  return commandLines(page.text).flatMap(([name = "", ...words]) => {
    if (/^(--help|--version|help)$/.test(name)) return [];
    const command = commands.find((one) => one.name === name);
    if (command === undefined) return [`${name}: no such command`];
    try {
      const wrong = unknownValue(command, words, defects);
      return wrong === undefined ? [] : [`${name} ${words.join(" ")}: ${wrong}`];
    } catch (error) {
      if (!isKnownError(error)) throw error;
      return [`${name} ${words.join(" ")}: ${error.message}`];
    }
  });
}

const id = /\b(?:SA|LS|IM|SEC|QR|EN|UD|BR|SR|CL)-(?:[A-Z]+-)?\d+[a-z]?\b/g;

/** Requirement ids the catalogue does not have. */
export function unknownRequirements(page: Page, known: (id: string) => boolean): readonly string[] {
  return [...new Set(page.text.match(id) ?? [])].filter((name) => !known(name));
}

/** Pages that do not exist, or whose title is another. */
export function mistitledPages(
  wanted: readonly { readonly path: string; readonly title: string }[],
  tree: Tree,
): readonly string[] {
  return wanted.filter(({ path, title }) => tree.text(path)?.split("\n")[0] !== `# ${title}`).map(({ path }) => path);
}

/** Pages no chain of links leads to from the first one. */
export function unreachedPages(pages: readonly Page[], first: string): readonly string[] {
  const texts = new Map(pages.map(({ path, text }) => [path, text]));
  const seen = new Set<string>();
  const visit = (path: string): void => {
    const text = texts.get(path);
    if (text === undefined || seen.has(path)) return;
    seen.add(path);
    for (const [, target = ""] of text.matchAll(/\]\(([^)\s#]+\.md)(?:#[^)\s]*)?\)/g))
      if (!/^[a-z]+:/.test(target)) visit(normalize(join(dirname(path), target)));
  };
  visit(first);
  return pages.map(({ path }) => path).filter((path) => !seen.has(path));
}
