/** The HTML report in a real browser: nothing loaded from outside, nothing complained of, the filter works. */
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium } from "@playwright/test";
import { renderReports } from "../../reports/render.ts";
import { sampleMeta, sampleRecord } from "./sample.ts";

/** One that is installed, else the one Playwright brings. */
function browserPath(): string | undefined {
  const installed = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    chromium.executablePath(),
  ];
  return installed.find((path) => existsSync(path));
}

const executablePath = browserPath();
const missing =
  executablePath === undefined ? "no Chromium: apt-get install chromium, or npx playwright install chromium" : false;

test(
  "the report opens offline without a complaint, and its filter narrows the requirements",
  { skip: missing },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "qlik-conformance-report-"));
    const file = join(folder, "report.html");
    const content = renderReports(await sampleRecord(), sampleMeta)["report.html"];
    assert.ok(content !== undefined);
    writeFileSync(file, content);
    const browser = await chromium.launch({
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
    try {
      const page = await browser.newPage();
      const complaints: string[] = [];
      const requests: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      const rows = page.locator("#requirement-table tbody tr:visible");
      const all = await rows.count();
      await page.locator("#filters [name=text]").fill("SA-");
      const some = await rows.count();
      assert.ok(some > 0 && some < all, `${some} of ${all} rows`);
      assert.equal(await page.locator("#match-count").textContent(), `${some} of ${all}`);
      assert.deepEqual(complaints, []);
      assert.deepEqual(requests, [pathToFileURL(file).href]);
      assert.match(await page.locator("h1").innerText(), /onformant/);
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);
