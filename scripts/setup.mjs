// Installs what is missing, so that `npm start` and `npm test` work on a fresh clone. Plain JavaScript: nothing is installed yet.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`qlik-conformance needs Node 20.19 or newer; this is ${process.versions.node}`);
  process.exit(2);
}

/** Whether what is installed is what the lockfile says; npm keeps its own record of it in node_modules. */
function isInstalled() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === "" || entry.optional === true || entry.peer === true || present[path]?.version === entry.version,
  );
}

export function setUp() {
  checkNode();
  if (isInstalled()) return;
  console.error("Installing dependencies (npm ci) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const done = spawnSync(npm, ["ci", "--include=dev"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}

/** Runs a TypeScript entry point with the installed tsx and hands its exit code on. */
export function runTypeScript(entry, args, nodeArgs = []) {
  const child = spawnSync(process.execPath, ["--import", "tsx", ...nodeArgs, entry, ...args], {
    cwd: root,
    stdio: "inherit",
  });
  process.exit(child.status ?? 4);
}

export { root };
