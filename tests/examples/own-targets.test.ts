/** The example targets are played by the suites as a user would: loaded by path, judged like any other target. */
import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { dialectOf } from "../../catalogue/dialects.ts";
import { requirements } from "../../catalogue/index.ts";
import type { RunRecord } from "../../contract/run.ts";
import type { Site } from "../../contract/types.ts";
import type { GroupResult, SuiteGroup } from "../../harness/groups.ts";
import { playGroup } from "../../harness/play.ts";
import { assemble } from "../../harness/record.ts";
import { decide, policyOf, type Policy } from "../../reference/rules/spec.ts";
import type { RuleQuestion } from "../../reference/rules/types.ts";
import { groupsOf } from "../../suites/groups.ts";
import { loadModule } from "../../suites/load-module.ts";
import { playOptions } from "../../suites/replayed.ts";
import { defaults, type Chosen } from "../../suites/selection.ts";
import { openTarget } from "../../targets/open.ts";

type Answer = (policy: Policy, question: RuleQuestion) => object;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const part of request) text += String(part);
  return JSON.parse(text);
}

/** The company's portal: keeps sites under a number and answers questions about them. */
class Portal {
  readonly #sites = new Map<string, Policy>();
  readonly #server: Server;
  #count = 0;
  answer: Answer = decide;

  constructor() {
    this.#server = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const found = this.#handle(request.method ?? "", (request.url ?? "").split("/").slice(1), body);
        response.writeHead(found === undefined ? 404 : 200, { "Content-Type": "application/json" });
        response.end(JSON.stringify(found ?? null));
      });
    });
  }

  #handle(method: string, [, id = "", action = ""]: readonly string[], body: unknown): object | undefined {
    if (id === "") {
      this.#count += 1;
      const { entities } = body as Pick<Site, "entities">;
      this.#sites.set(String(this.#count), policyOf({ entities, apps: {} }, dialectOf("documented")));
      return { id: String(this.#count) };
    }
    const policy = this.#sites.get(id);
    if (method === "DELETE") return this.#sites.delete(id) ? {} : undefined;
    return policy === undefined || action !== "ask" ? undefined : this.answer(policy, body as RuleQuestion);
  }

  /** Sites that were put here and not taken away. */
  get left(): number {
    return this.#sites.size;
  }

  listen(): Promise<string> {
    return new Promise((done) => {
      this.#server.listen(0, "127.0.0.1", () => {
        done(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`);
      });
    });
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

const examples = join(import.meta.dirname, "..", "..", "examples");

/** The controls, and what is numbered with a 1 at its end: enough to tell targets apart, few enough for every push. */
function isPlayed({ kind, id, requirement }: SuiteGroup): boolean {
  if (kind === "cases") return requirement?.endsWith("1") === true;
  return kind !== "campaign" || id.endsWith("R1");
}

async function play(file: string): Promise<RunRecord> {
  const chosen: Chosen = { ...defaults, target: join(examples, file), suites: ["rules"], cases: 0 };
  const target = await openTarget(chosen, loadModule);
  // What fails is not made smaller: that takes longest, and nothing here looks at it.
  const { minimise: _minimise, ...options } = await playOptions(chosen, target);
  const results: GroupResult[] = [];
  for (const group of groupsOf(chosen).filter(isPlayed)) results.push(await playGroup(group, target, options));
  await target.close?.();
  const { suites, seed, cases, dialect, strict } = chosen;
  const run = { product: "test", target: file, dialect, dialectDeclared: false, suites, seed, strict };
  return assemble(results, { ...run, casesPerCampaign: cases }, requirements);
}

function provenIn(record: RunRecord): number {
  return record.requirements.filter(({ standing }) => standing === "proven").length;
}

const portal = new Portal();

before(async () => {
  process.env["PORTAL_URL"] = await portal.listen();
});

after(() => {
  portal.close();
  delete process.env["PORTAL_URL"];
});

test("a portal that decides by the rules is conformant and left empty", async () => {
  portal.answer = decide;
  const record = await play("own-target.ts");
  assert.equal(record.totals.fail, 0);
  assert.equal(record.totals["harness-error"], 0);
  assert.ok(provenIn(record) >= 10, `${provenIn(record)} proven`);
  assert.equal(portal.left, 0);
});

test("a portal that allows everything gets nothing proven", async () => {
  portal.answer = () => ({ allowed: true });
  const record = await play("own-target.ts");
  assert.equal(record.exitCode, 1);
  assert.equal(provenIn(record), 0);
});

test("a portal whose answer is neither yes nor no leaves every question open", async () => {
  portal.answer = () => ({ allowed: "perhaps" });
  const record = await play("own-target.ts");
  assert.equal(record.exitCode, 3);
  assert.equal(record.totals.fail + record.totals["harness-error"], 0);
  assert.ok(record.totals.inconclusive > 50);
});

test("a module that only decides is judged on decisions, and knows too little", async () => {
  const record = await play("decides-only.ts");
  assert.equal(record.exitCode, 1);
  assert.equal(record.totals["harness-error"], 0);
  assert.ok(record.totals.pass > 0 && record.totals.fail > 0);
  assert.equal(provenIn(record), 0);
});
