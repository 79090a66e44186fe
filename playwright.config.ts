import { defineConfig, type PlaywrightTestConfig } from "@playwright/test";

/** Groups of one area are played in order by one worker; what they gave is put together by the reporter. */
const config: PlaywrightTestConfig = defineConfig({
  testDir: "./suites",
  testMatch: /\.suite\.(ts|js)$/,
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 600_000,
  reporter: [["./suites/reporter.ts"]],
  outputDir: "./test-results",
});

export default config;
