/** The product's name and version, from its package.json beside or above this file. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

function packageFile(folder: string): string {
  const file = join(folder, "package.json");
  return existsSync(file) || dirname(folder) === folder ? file : packageFile(dirname(folder));
}

export function product(): string {
  const { name, version } = JSON.parse(readFileSync(packageFile(import.meta.dirname), "utf8")) as {
    readonly name: string;
    readonly version: string;
  };
  return `${name} ${version}`;
}
