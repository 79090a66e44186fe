// Compiles the rooms to dist/ and copies what tsc leaves behind: data, schemas, templates, generated parsers.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const dist = join(root, "dist");
const rooms = [
  "contract",
  "languages",
  "catalogue",
  "reload",
  "reference",
  "generators",
  "intake",
  "analysis",
  "mock",
  "targets",
  "harness",
  "reports",
  "suites",
  "cli",
];

rmSync(dist, { recursive: true, force: true });
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
const compiled = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root, stdio: "inherit" });
if (compiled.status !== 0) process.exit(compiled.status ?? 1);

let copied = 0;
for (const room of rooms) {
  for (const entry of readdirSync(join(root, room), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(json|hbs|css|js)$|\.d\.ts$/.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    cpSync(file, join(dist, relative(root, file)));
    copied += 1;
  }
}
if (copied === 0 || !existsSync(join(dist, "cli", "main.js"))) {
  console.error("the build is incomplete");
  process.exit(1);
}
