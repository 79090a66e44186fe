/** The rooms: every import, type imports and import() types too, is an edge ARCHITECTURE.md states and the plan allows. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { test } from "node:test";
import { parseSync, Visitor } from "oxc-parser";
import { rooms as own, type Room } from "./rooms.ts";

const root = join(import.meta.dirname, "..");

/** The upper bound: which rooms a room may look into, and which packages it may load. */
const allowed: {
  readonly [room in Room]: { readonly rooms: readonly string[]; readonly packages: readonly string[] };
} = {
  contract: { rooms: [], packages: ["zod"] },
  languages: { rooms: ["contract"], packages: [] },
  catalogue: { rooms: ["contract"], packages: [] },
  reload: { rooms: ["contract", "languages"], packages: ["csv-parse"] },
  reference: { rooms: ["contract", "languages", "catalogue", "reload"], packages: ["re2js"] },
  generators: { rooms: ["contract", "languages", "catalogue", "reload"], packages: ["fast-check"] },
  intake: { rooms: ["contract", "languages", "reload"], packages: ["csv-parse", "yaml"] },
  analysis: { rooms: ["contract", "languages", "catalogue", "reload", "reference", "generators"], packages: [] },
  mock: {
    rooms: ["contract", "languages", "catalogue", "reload"],
    packages: ["hono", "@hono/node-server", "ws", "jose", "selfsigned", "@duckdb/node-api", "re2js"],
  },
  targets: {
    rooms: ["contract", "languages", "catalogue", "reference", "reload", "mock"],
    packages: ["enigma.js", "ws", "jose", "undici"],
  },
  harness: { rooms: ["contract", "catalogue"], packages: [] },
  reports: { rooms: ["contract", "catalogue"], packages: ["handlebars"] },
  suites: { rooms: own.filter((room) => room !== "suites" && room !== "cli"), packages: ["@playwright/test", "tsx"] },
  cli: { rooms: own.filter((room) => room !== "cli"), packages: ["tsx", "@playwright/test"] },
};

interface Edge {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|mts|js)$/.test(entry.name) && !entry.name.endsWith(".d.ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

/** Module specifiers of static imports, re-exports, import() expressions and import("…") types. */
export function specifiersIn(file: string, text: string): readonly string[] {
  const { module, program } = parseSync(file, text);
  const found: string[] = module.staticImports.map((item) => item.moduleRequest.value);
  for (const item of module.staticExports.flatMap((statement) => statement.entries)) {
    if (item.moduleRequest !== null && item.moduleRequest !== undefined) found.push(item.moduleRequest.value);
  }
  const visitor = new Visitor({
    ImportExpression(node) {
      if (node.source.type === "Literal" && typeof node.source.value === "string") found.push(node.source.value);
    },
    TSImportType(node) {
      const { source } = node;
      if (typeof source.value === "string") found.push(source.value);
    },
  });
  visitor.visit(program);
  return found;
}

function roomOf(path: string): string {
  return path.split("/")[0] ?? path;
}

function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}

function edgesOf(room: Room): readonly Edge[] {
  return sourceFiles(room).flatMap((file) =>
    specifiersIn(file, readFileSync(join(root, file), "utf8"))
      .filter((specifier) => !specifier.startsWith("node:"))
      .map((specifier) => {
        const local = specifier.startsWith(".");
        const to = local ? roomOf(normalize(join(dirname(file), specifier))) : `npm:${packageOf(specifier)}`;
        return { file, from: room, to };
      })
      .filter((edge) => edge.to !== room),
  );
}

function isAllowed(edge: Edge): boolean {
  const bound = allowed[edge.from as Room];
  return edge.to.startsWith("npm:") ? bound.packages.includes(edge.to.slice(4)) : bound.rooms.includes(edge.to);
}

/** The table of today's edges in ARCHITECTURE.md: a room, then the rooms it imports. */
function statedEdges(text: string): { readonly [room: string]: readonly string[] } {
  const rows = text.split("\n").filter((line) => /^\| `[a-z]+\/` \|/.test(line));
  return Object.fromEntries(
    rows.map((row) => {
      const [, room = "", , imports = ""] = row.split("|").map((cell) => cell.trim());
      return [
        room.replaceAll(/[`/]/g, ""),
        [...imports.matchAll(/`([a-z]+)\/`/g)].map((match) => match[1] ?? "").sort(),
      ];
    }),
  );
}

test("finds every kind of import in a source text", () => {
  const text = `import a from "./a.ts"; import type { B } from "../b/b.ts"; export * from "./c.ts"; export { d } from "./d.ts";
    type E = import("./e.ts").E; const f = await import("./f.ts"); import "./g.ts";`;
  assert.deepEqual([...specifiersIn("x.ts", text)].sort(), [
    "../b/b.ts",
    "./a.ts",
    "./c.ts",
    "./d.ts",
    "./e.ts",
    "./f.ts",
    "./g.ts",
  ]);
});

test("refuses a planted edge from the mock to the reference", () => {
  assert.equal(isAllowed({ file: "mock/x.ts", from: "mock", to: "reference" }), false);
  assert.equal(isAllowed({ file: "reference/x.ts", from: "reference", to: "mock" }), false);
  assert.equal(isAllowed({ file: "mock/x.ts", from: "mock", to: "reload" }), true);
});

for (const room of own) {
  test(`${room}/ imports only what its room may`, () => {
    const edges = edgesOf(room);
    assert.ok(sourceFiles(room).length > 0, `${room}/ has no source`);
    assert.deepEqual(
      edges.filter((edge) => !isAllowed(edge)),
      [],
    );
  });
}

test("ARCHITECTURE.md states exactly today's edges", () => {
  const stated = statedEdges(readFileSync(join(root, "ARCHITECTURE.md"), "utf8"));
  const today = Object.fromEntries(
    own.map((room) => [
      room,
      [
        ...new Set(
          edgesOf(room)
            .map((edge) => edge.to)
            .filter((to) => !to.startsWith("npm:")),
        ),
      ].sort(),
    ]),
  );
  assert.deepEqual(stated, today);
});

test("rooms form no cycle", () => {
  const graph = new Map(own.map((room) => [room as string, new Set(edgesOf(room).map((edge) => edge.to))]));
  const done = new Set<string>();
  const visit = (room: string, path: readonly string[]): void => {
    assert.ok(!path.includes(room), `cycle: ${[...path, room].join(" → ")}`);
    if (done.has(room)) return;
    for (const next of graph.get(room) ?? []) visit(next, [...path, room]);
    done.add(room);
  };
  for (const room of own) visit(room, []);
  assert.equal(done.size >= own.length, true);
});

test("nothing imports tests, bench, scripts or examples", () => {
  const outside = own
    .flatMap(edgesOf)
    .filter((edge) => ["tests", "bench", "scripts", "examples", "docs"].includes(edge.to));
  assert.deepEqual(outside, []);
});
