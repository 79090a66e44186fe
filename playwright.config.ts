import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";
import { chosenFrom } from "./suites/selection.ts";

/** Own targets hold nothing that two areas could share; a real site has a budget of sessions. */
const own = ["mock", "evaluator", "reference"].includes(chosenFrom(process.env).target);

/** Groups of one area are played in order by one worker; what they gave is put together by the reporter. */
const config: PlaywrightTestConfig = defineConfig({
  testDir: "./suites",
  testMatch: /\.suite\.(ts|js)$/,
  fullyParallel: false,
  workers: own ? 2 : 1,
  retries: 0,
  timeout: 600_000,
  reporter: [[`./suites/reporter.${import.meta.url.endsWith(".ts") ? "ts" : "js"}`]],
  outputDir: "./test-results",
});

export default config;
