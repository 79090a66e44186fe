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
  ["--import", "tsx", "--test", "--test-concurrency=2", "--test-reporter=spec", ...files],
  {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  },
);
let tail = "";
child.stdout.on("data", (chunk) => {
  process.stdout.write(chunk);
  tail = (tail + chunk).slice(-4000);
});

/** A count of the closing lines: `ℹ pass 12`. */
function count(name) {
  return Number(new RegExp(`${name} (\\d+)`).exec(tail)?.[1] ?? 0);
}

child.on("close", (code) => {
  const passed = count("pass");
  const failed = count("fail") + count("cancelled");
  const skipped = count("skipped") + count("todo");
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exit(code !== 0 || passed === 0 ? code || 1 : 0);
});
