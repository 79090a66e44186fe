/** Collects what the groups gave, writes the run record and the reports, and says how it stands. */
import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestResult } from "@playwright/test/reporter";
import type { GroupResult } from "../harness/groups.ts";
import { attachmentName, targetAttachment } from "./attachments.ts";
import { finishRun, type Finished } from "./finish.ts";
import { Progress } from "./progress.ts";
import { chosenFrom } from "./selection.ts";

class ConformanceReporter implements Reporter {
  readonly #chosen = chosenFrom(process.env);
  readonly #results: GroupResult[] = [];
  readonly #times: { [group: string]: number } = {};
  readonly #notes: string[] = [];
  readonly #startedAt = new Date();
  #progress = new Progress(0);
  #declared: string | undefined;
  #finished: Finished | undefined;

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#progress = new Progress(suite.allTests().length);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const found = result.attachments.find(({ name }) => name === attachmentName)?.body;
    if (found === undefined)
      this.#notes.push(`${test.title}: ${result.error?.message?.split("\n")[0] ?? result.status}`);
    else this.#add(JSON.parse(found.toString("utf8")) as GroupResult, result.duration);
    const target = result.attachments.find(({ name }) => name === targetAttachment)?.body;
    if (target !== undefined) this.#declared = (JSON.parse(target.toString("utf8")) as { dialect?: string }).dialect;
    this.#progress.step(test.title);
  }

  #add(result: GroupResult, duration: number): void {
    this.#results.push(result);
    this.#times[result.group] = duration;
  }

  onError(error: { readonly message?: string }): void {
    this.#notes.push(error.message?.split("\n")[0] ?? "an error outside any test");
  }

  async onEnd(_result: FullResult): Promise<{ status: FullResult["status"] }> {
    this.#progress.clear();
    this.#finished = await finishRun({
      chosen: this.#chosen,
      results: this.#results,
      declared: this.#declared,
      startedAt: this.#startedAt,
      times: this.#times,
      notes: this.#notes,
    });
    process.stdout.write(this.#finished.summary);
    return { status: this.#finished.record.exitCode === 0 ? "passed" : "failed" };
  }

  printsToStdio(): boolean {
    return true;
  }
}

export default ConformanceReporter;
