// `npm test [-- file …]`: set up, then every test of the tree in node:test, and one closing line that can be counted.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { root, setUp } from "./setup.mjs";

setUp();

function allTests() {
  return readdirSync(join(root, "tests"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".test.ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

const files = process.argv.slice(2).length > 0 ? process.argv.slice(2) : allTests();
const child = spawn(
  process.execPath,
  ["--import", "tsx", "--test", "--test-concurrency=3", "--test-reporter=spec", ...files],
  {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  },
);
/** The closing counts, `ℹ pass 12`, wherever they stand: what failed is told behind them. */
const counts = new Map();
let rest = "";
child.stdout.setEncoding("utf8").on("data", (chunk) => {
  process.stdout.write(chunk);
  const lines = (rest + chunk).split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) {
    const [, name, number] = /^ℹ (\w+) (\d+)$/.exec(line) ?? [];
    if (name !== undefined) counts.set(name, Number(number));
  }
});

function count(name) {
  return counts.get(name) ?? 0;
}

child.on("close", (code) => {
  const passed = count("pass");
  const failed = count("fail") + count("cancelled");
  const skipped = count("skipped") + count("todo");
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exit(code !== 0 || passed === 0 ? code || 1 : 0);
});
