/** The documentation says what is so: links, paths, scripts, calls, requirement ids, failure pages, generated pages. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { requirement } from "../catalogue/index.ts";
import { run as answerCompare } from "../cli/commands/compare.ts";
import { run as answerDecide } from "../cli/commands/decide.ts";
import { run as answerExplain } from "../cli/commands/explain.ts";
import { run as answerLint } from "../cli/commands/lint.ts";
import { run as answerReduce } from "../cli/commands/reduce.ts";
import { defects } from "../mock/defects/index.ts";
import { failureKindNames, failureKinds, pageOf } from "../reports/failure-kinds.ts";
import { cliPage, cliText, commandTables } from "../scripts/generate-cli-reference.ts";
import { defectsPage, defectsText } from "../scripts/generate-defects.ts";
import { dialectsPage, dialectsText, switchesIn } from "../scripts/generate-dialects.ts";
import {
  brokenLinks,
  commandLines,
  lostPaths,
  mistitledPages,
  refusedCommands,
  shellWords,
  unknownRequirements,
  unknownScripts,
  unreachedPages,
  type Page,
  type Tree,
} from "./doc-checks.ts";

const root = join(import.meta.dirname, "..");
const notOurs: ReadonlySet<string> = new Set(["node_modules", "out", "dist", "test-results", ".git"]);
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !notOurs.has(entry.name))
  .map(({ name }) => name);

function textAt(path: string): string | undefined {
  const file = join(root, path);
  return path.endsWith(".md") && existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

const tree: Tree = { exists: (path) => existsSync(join(root, path)), text: textAt, folders };

function pagesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

const pages: readonly Page[] = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...folders.flatMap(pagesBelow),
].map((path) => ({ path, text: textAt(path) ?? "" }));

const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly scripts: object };
const commands = await commandTables();
const named = { commands, defects: defects.map(({ name }) => name) };

function faults(check: (page: Page) => readonly string[]): readonly string[] {
  return pages.flatMap((page) => check(page).map((fault) => `${page.path}: ${fault}`));
}

test("finds the pages a reader starts from", () => {
  const paths = new Set(pages.map(({ path }) => path));
  for (const path of ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/guides/real-site.md"])
    assert.ok(paths.has(path), path);
});

test("links lead to files and headings that exist", () => {
  assert.deepEqual(
    faults((page) => brokenLinks(page, tree)),
    [],
  );
});

test("paths quoted in code exist", () => {
  assert.deepEqual(
    faults((page) => lostPaths(page, tree)),
    [],
  );
});

test("npm scripts named on a page are in package.json", () => {
  assert.deepEqual(
    faults((page) => unknownScripts(page, Object.keys(scripts))),
    [],
  );
});

test("every call shown on a page would be accepted", () => {
  assert.ok(pages.flatMap(({ text }) => commandLines(text)).length > 20);
  assert.deepEqual(
    faults((page) => refusedCommands(page, named)),
    [],
  );
});

const questions = {
  reduce: answerReduce,
  decide: answerDecide,
  explain: answerExplain,
  compare: answerCompare,
  lint: answerLint,
};

function isQuestion(name: string): name is keyof typeof questions {
  return Object.hasOwn(questions, name);
}

/** Calls whose files are in the repository, so that they can be made as they stand. */
function answerable(): readonly { readonly name: keyof typeof questions; readonly words: readonly string[] }[] {
  const calls = new Map(pages.flatMap(({ text }) => commandLines(text)).map((call) => [call.join("\0"), call]));
  return [...calls.values()].flatMap(([name = "", ...words]) => {
    const file = words[words.findIndex((word) => ["--site", "--script", "--before"].includes(word)) + 1] ?? "";
    return isQuestion(name) && existsSync(join(root, file)) ? [{ name, words }] : [];
  });
}

test("questions shown on a page are answered as they stand", async (context) => {
  const calls = answerable();
  assert.ok(calls.length >= 8, `${calls.length} calls`);
  for (const { name, words } of calls) {
    const said: string[] = [];
    const write = context.mock.method(process.stdout, "write", (text: string) => said.push(text) > 0);
    const code = await questions[name](words).finally(() => write.mock.restore());
    assert.equal(code, 0, words.join(" "));
    assert.ok(said.join("").length > 20, words.join(" "));
  }
});

test("every requirement id on a page is in the catalogue", () => {
  assert.deepEqual(
    faults((page) => unknownRequirements(page, (id) => requirement(id) !== undefined)),
    [],
  );
});

const kinds = failureKindNames.map((kind) => ({ path: pageOf(kind), title: failureKinds[kind].title }));

test("every kind of failure has its page, under its title", () => {
  assert.ok(kinds.length > 5);
  assert.deepEqual(mistitledPages(kinds, tree), []);
});

test("every page is reached from the README", () => {
  // Reports link to the failure pages, by their kind.
  const others = pages.filter(({ path }) => !path.startsWith("docs/failures/"));
  assert.deepEqual(unreachedPages(others, "README.md"), []);
});

test("generated pages are as their generators write them", async () => {
  assert.equal(textAt(cliPage), await cliText(), "run npm run generate");
  assert.equal(textAt(dialectsPage), dialectsText(), "run npm run generate");
  assert.equal(textAt(defectsPage), defectsText(), "run npm run generate");
});

test("the example of a whole target stays within sixty lines, the one that only decides within eighteen", () => {
  assert.ok(linesIn("examples/own-target.ts") <= 60);
  assert.ok(linesIn("examples/decides-only.ts") <= 18);
});

function linesIn(path: string): number {
  return readFileSync(join(root, path), "utf8").trimEnd().split("\n").length;
}

const sample = (text: string): Page => ({ path: "docs/guides/sample.md", text });
const small: Tree = {
  exists: (path) => ["docs/guides/sample.md", "docs/guides/ci.md", "README.md", "mock/server.ts"].includes(path),
  text: (path) => ({ "docs/guides/ci.md": "# In CI\n\n## Exit codes\n", "docs/guides/sample.md": "# Sample\n" })[path],
  folders: ["docs", "mock"],
};

test("notices a link to a missing file, out of the tree, or to a missing heading", () => {
  const text = `[a](ci.md) [b](../../README.md) [c](ci.md#exit-codes) [d](#sample) [e](https://example.com/x)
[f](lost.md) [g](ci.md#jenkins) [h](../../../README.md) [i](#other)`;
  assert.deepEqual(brokenLinks(sample(text), small), ["lost.md", "ci.md#jenkins", "../../../README.md", "#other"]);
});

test("notices a quoted path that is gone and leaves placeholders and other folders alone", () => {
  const text = "`mock/server.ts` `mock/gone.ts` `mock/<name>.ts` `out/run.json` `a/b`\n```\nnode docs/lost.js\n```\n";
  assert.deepEqual(lostPaths(sample(text), small), ["mock/gone.ts", "docs/lost.js"]);
});

test("notices an npm script that does not exist", () => {
  const text = "`npm test`, `npm run check`, `npm ci --include=dev`, `npm run lint`\n```\nnpm run --silent fix\n```\n";
  assert.deepEqual(unknownScripts(sample(text), ["test", "check"]), ["lint", "fix"]);
});

test("reads the words of a shell command up to its end", () => {
  assert.deepEqual(shellWords("run --user 'CORP\\ann' \"a b\" c\\ d | tee x"), [
    "run",
    "--user",
    "CORP\\ann",
    "a b",
    "c d",
  ]);
  assert.deepEqual(shellWords("list --json > all.json # everything"), ["list", "--json"]);
});

test("notices calls with an unknown command, flag, word, target, dialect, defect or suite", () => {
  const text = `\`qlik-conformance run --target mock\` \`npx tsx cli/main.ts --help\`
\`\`\`
npx tsx cli/main.ts fly
qlik-conformance run --fast
npm start -- --suite rules \\
  extra
npx tsx cli/main.ts run --target moon
npx tsx cli/main.ts run --dialect swiss
npx tsx cli/main.ts run --defect none-such
npx tsx cli/main.ts run --suite rules,songs
qlik-conformance decide [options]
openssl req -subj /CN=qlik-conformance -nodes
\`\`\`
`;
  const refused = refusedCommands(sample(text), named);
  assert.deepEqual(
    refused.map((line) => line.replace(/^.*: /, "")),
    [
      "no such command",
      "unknown option '--fast'",
      'stray word "extra"',
      "no target moon",
      "no dialect swiss",
      "no defect none-such",
      "no suite songs",
    ],
  );
});

test("notices a requirement id the catalogue does not have", () => {
  const known = new Set(["SA-WLD-02", "SR-344"]);
  const text = "SA-WLD-02, SA-WLD-99, SR-344, SR-3441 and SR-NNN";
  assert.deepEqual(
    unknownRequirements(sample(text), (id) => known.has(id)),
    ["SA-WLD-99", "SR-3441"],
  );
});

test("notices a failure without its page or under another title", () => {
  const wanted = [
    { path: "docs/guides/ci.md", title: "In CI" },
    { path: "docs/guides/ci.md", title: "Wrong rows" },
    { path: "docs/failures/lost.md", title: "Lost" },
  ];
  assert.deepEqual(mistitledPages(wanted, small), ["docs/guides/ci.md", "docs/failures/lost.md"]);
});

test("notices a page nothing leads to", () => {
  const linked = [
    { path: "README.md", text: "[guide](docs/a.md#part) [site](https://example.com/c.md)" },
    { path: "docs/a.md", text: "[next](deep/b.md), [back](../README.md)" },
    { path: "docs/deep/b.md", text: "" },
    { path: "docs/c.md", text: "[guide](a.md)" },
  ];
  assert.deepEqual(unreachedPages(linked, "README.md"), ["docs/c.md"]);
});

test("notices a switch without a doc comment", () => {
  const source = `export interface Dialect {\n  /** Two\n   * lines. */\n  readonly a: "x" | "y";\n  readonly b: boolean;\n}\n`;
  assert.deepEqual(switchesIn(source), [{ name: "a", meaning: "Two lines.", readings: "x, y" }]);
});
