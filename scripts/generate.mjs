// Writes every generated file again: schemas, requirement tables, parsers. A clean tree stays clean.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root, setUp } from "./setup.mjs";

setUp();
for (const script of readdirSync(join(root, "scripts"))
  .filter((name) => /^generate-.*\.ts$/.test(name))
  .sort()) {
  const done = spawnSync(process.execPath, ["--import", "tsx", join("scripts", script)], {
    cwd: root,
    stdio: "inherit",
  });
  if (done.status !== 0) process.exit(done.status ?? 1);
}
