/** `serve --site examples/trading --json` as a child process, as a user starts it. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { exampleFolder, type Place } from "./trading.ts";

const main = fileURLToPath(new URL("../../cli/main.ts", import.meta.url));

export interface Served {
  readonly place: Place;
  readonly printed: { readonly [key: string]: unknown };
  stop(): Promise<void>;
}

/** The JSON object on stdout; rejects when the command ends first. */
async function firstObject(child: ChildProcess): Promise<{ readonly [key: string]: string }> {
  let text = "";
  let complaints = "";
  child.stderr?.on("data", (chunk: Buffer) => (complaints += chunk.toString("utf8")));
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`serve ended with ${code}: ${complaints}`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      try {
        resolve(JSON.parse(text) as { readonly [key: string]: string });
      } catch {
        // Not all of it has come yet.
      }
    });
  });
}

export async function startServe(): Promise<Served> {
  const words = ["--import", "tsx", main, "serve", "--site", exampleFolder, "--json"];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "pipe"] });
  const printed = await firstObject(child);
  const read = (key: string): string => readFileSync(printed[key] ?? "", "utf8");
  return {
    printed,
    place: {
      url: printed["url"] ?? "",
      prefix: printed["prefix"] ?? "",
      caPem: read("ca"),
      keyPem: read("signingKey"),
    },
    async stop() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}
