/** Audits that are garbage, cut short, endless or wrong: the decision stays open, or the surfaces are seen to disagree. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import type { Deployment, FailureCode, Outcome, Probe } from "../../contract/types.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { configOf } from "../../targets/mock.ts";
import { qlikTarget } from "../../targets/qlik/target.ts";
import { startHostile, type Hostile, type Misbehaviour } from "./hostile-server.ts";
import { decideFor, deploy, never, principal } from "./trading.ts";

function reply(body: string): Promise<Response> {
  return Promise.resolve(new Response(body));
}

interface Matrix {
  readonly matrix: readonly object[];
  readonly subjects: { readonly [id: string]: object };
  readonly resources: { readonly [id: string]: object };
}

function altering(change: (matrix: Matrix) => unknown): (response: Response) => Promise<Response> {
  return async (response) => reply(JSON.stringify(change((await response.json()) as Matrix)));
}

/** The pair asked about: one user, one resource. */
function pairOf({ subjects, resources }: Matrix): { readonly subjectId: string; readonly resourceId: string } {
  return { subjectId: Object.keys(subjects)[0] ?? "", resourceId: Object.keys(resources)[0] ?? "" };
}

function auditIn({ matrix }: Matrix): object {
  const [first = {}] = matrix;
  return "audit" in first && typeof first.audit === "object" ? { ...first.audit } : {};
}

interface AuditFault {
  readonly name: string;
  readonly answer: (matrix: Matrix) => unknown;
  readonly code: FailureCode;
}

const auditFaults: readonly AuditFault[] = [
  { name: "is a list", answer: () => [], code: "malformed" },
  { name: "has no matrix", answer: (all) => ({ ...all, matrix: undefined }), code: "malformed" },
  { name: "has a matrix of no kind", answer: (all) => ({ ...all, matrix: { a: 1 } }), code: "malformed" },
  { name: "does not say whom it looked at", answer: (all) => ({ ...all, subjects: undefined }), code: "malformed" },
  { name: "looked at another user", answer: (all) => ({ ...all, subjects: { other: {} } }), code: "malformed" },
  {
    name: "lists the pair without masks",
    answer: (all) => ({ ...all, matrix: [pairOf(all)] }),
    code: "malformed",
  },
  ...[-1, 2.5, "2", 16384, true, null].map((access): AuditFault => ({
    name: `answers the mask ${JSON.stringify(access)}`,
    answer: (all) => ({ ...all, matrix: [{ ...pairOf(all), audit: { access: access ?? {} } }] }),
    code: "malformed",
  })),
  {
    name: "answers twice and not alike",
    answer: (all) => ({
      ...all,
      matrix: [
        { ...pairOf(all), audit: { access: 2 } },
        { ...pairOf(all), audit: {} },
      ],
    }),
    code: "malformed",
  },
  {
    name: "ends before the pair without saying where to go on",
    answer: (all) => ({ ...all, matrix: [], subjects: {}, truncated: true }),
    code: "truncated",
  },
  {
    name: "goes on with the page it has just answered",
    answer: (all) => ({ ...all, matrix: [], subjects: {}, truncated: true, subjectStart: "same" }),
    code: "truncated",
  },
  {
    name: "goes on where nobody is",
    answer: (all) => ({ ...all, matrix: [], subjects: {}, truncated: true, subjectStart: 7 }),
    code: "truncated",
  },
  {
    name: "names the pair as looked at, and is cut short before it",
    answer: (all) => ({ ...all, matrix: [], truncated: true }),
    code: "truncated",
  },
  {
    name: "names the pair as looked at, and is full of others",
    answer: (all) => ({ ...all, matrix: Array.from({ length: 1000 }, () => ({ subjectId: "x", resourceId: "y" })) }),
    code: "truncated",
  },
  {
    name: "answers for a resource nobody asked about",
    answer: (all) => ({ ...all, matrix: [{ ...pairOf(all), resourceId: "other", audit: { access: 2 } }] }),
    code: "malformed",
  },
  {
    name: "answers for a user nobody asked about",
    answer: (all) => ({ ...all, matrix: [{ ...pairOf(all), subjectId: "other", audit: { access: 2 } }] }),
    code: "malformed",
  },
  {
    name: "tells of a broken rule that is nowhere",
    answer: (all) => ({ ...all, matrix: [{ ...pairOf(all), audit: { ...auditIn(all), broken: 2 } }] }),
    code: "malformed",
  },
  {
    name: "is full of other pairs",
    answer: (all) => ({ ...all, subjects: {}, matrix: Array.from({ length: 1000 }, () => ({ subjectId: "x" })) }),
    code: "truncated",
  },
  {
    name: "has pages without end",
    answer: (all) => ({ ...all, matrix: [], subjects: {}, truncated: true, subjectStart: `page ${(nextPage += 1)}` }),
    code: "truncated",
  },
];

let nextPage = 0;

/** The first page of an audit, altered, for each page asked for. */
function answering(change: (matrix: Matrix) => unknown): Misbehaviour {
  let first = "";
  const answer = async (request: Request, next: () => Promise<Response>): Promise<Response> => {
    const goesOn = (await request.clone().text()).includes("subjectStart");
    if (!goesOn) first = await (await next()).text();
    return reply(JSON.stringify(change(JSON.parse(first) as Matrix)));
  };
  return { http: (request, next) => (request.url.includes("/audit/matrix") ? answer(request, next) : undefined) };
}

/** Any audit answers these bits for the pair asked about. */
function lying(access: number): Misbehaviour {
  const changed = altering((matrix) => ({ ...matrix, matrix: [{ ...pairOf(matrix), audit: { access } }] }));
  return { http: (request, next) => (request.url.includes("/audit/matrix") ? next().then(changed) : undefined) };
}

/** Every rule of the site is broken, and this is its state. */
function failing(state: unknown): Misbehaviour {
  return {
    http: (request, next) => {
      if (request.url.includes("/audit/matrix"))
        return next().then(
          altering((all) => ({ ...all, matrix: [{ ...pairOf(all), audit: { access: 2, broken: 2 } }] })),
        );
      if (!request.url.includes("/security/audit")) return undefined;
      return next().then(
        altering((all) => {
          const { rules } = all as unknown as { readonly rules: object };
          const said = Object.keys(rules).map((ruleID) => ({ ruleID, evaluationState: state }));
          return { ...all, ruleApplication: said };
        }),
      );
    },
  };
}

describe("a site whose audit misbehaves", () => {
  let mock: RunningMock;
  let hostile: Hostile;
  let deployment: Deployment;

  before(async () => {
    mock = await startMock();
    hostile = await startHostile(mock);
    deployment = await deploy(qlikTarget({ ...configOf(mock, "documented"), url: hostile.url, caPem: hostile.caPem }));
  });

  afterEach(() => hostile.misbehave(undefined));

  after(async () => {
    await deployment.dispose();
    await hostile.close();
    await mock.close();
  });

  const ask = async (probe: Probe): Promise<Outcome> => deployment.ask(probe, never);

  async function assertOpen(probe: Probe, code: FailureCode, what: string): Promise<void> {
    const outcome = await ask(probe);
    assert.ok(outcome.kind === "undetermined", `${what}: ${JSON.stringify(outcome)}`);
    assert.equal(outcome.code, code, `${what}: ${outcome.detail}`);
  }

  for (const { name, answer, code } of auditFaults) {
    it(`leaves a decision open when the audit ${name}`, async () => {
      hostile.misbehave(answering(answer));
      await assertOpen(decideFor("ann"), code, "decide");
      await assertOpen(decideFor("erin"), code, "decide");
    });
  }

  it("asks in the context of the question, on every surface, and names no bit but the one asked for (SR-122, SR-125)", async () => {
    const asked: string[] = [];
    hostile.misbehave({
      http: (request) => {
        const { pathname } = new URL(request.url);
        const context = request.headers.get("x-qlik-security");
        const copy = request.clone();
        if (pathname.endsWith("/qrs/app/full")) asked.push(`list ${context}`);
        if (!pathname.endsWith("/audit/matrix")) return undefined;
        return copy.text().then(async (text) => {
          const { environmentAttributes, actions, resourceRef } = JSON.parse(text) as { [field: string]: unknown };
          assert.match(JSON.stringify(resourceRef), /^\{"resourceFilter":"id eq [\w-]+"\}$/);
          asked.push(`matrix ${String(environmentAttributes)} ${String(actions)}`);
          return mock.fetch(request);
        });
      },
    });
    const who = { ...principal("ann"), session: { group: ["Sales", "North"] } };
    for (const context of ["hub", "qmc"] as const)
      await ask({ kind: "decide", as: who, resource: { type: "App", id: "app-orders" }, action: "update", context });
    assert.deepEqual(asked, [
      "matrix context=AppAccess;group=Sales;group=North; 4",
      "list Context=AppAccess",
      "matrix context=ManagementAccess;group=Sales;group=North; 4",
      "list Context=ManagementAccess",
    ]);
  });

  it("does not ask the audit for an action the type lacks: a bit that is masked away says nothing (SR-234)", async () => {
    hostile.misbehave(lying(8191));
    const resource = { type: "App", id: "app-orders" };
    const decided = await ask({ kind: "decide", as: principal("ann"), resource, action: "changerole", context: "hub" });
    assert.deepEqual(decided, { kind: "decision", allowed: false });
  });

  it("finds that the audit denies what the user is listed, and that it allows what he is not", async () => {
    hostile.misbehave(lying(0));
    assert.deepEqual(await ask(decideFor("ann")), { kind: "measure", values: { audit: 0, list: 1, privileges: 1 } });
    hostile.misbehave(lying(2));
    assert.deepEqual(await ask(decideFor("erin")), { kind: "measure", values: { audit: 1, list: 0 } });
  });

  it("names a broken rule by whatever word or number a site has for its state", async () => {
    for (const state of ["parsefailure", "EvaluationFailure", 1, 2]) {
      hostile.misbehave(failing(state));
      const outcome = await ask(decideFor("ann"));
      assert.ok(outcome.kind === "decision" && outcome.broken?.includes("Sales read"), JSON.stringify(outcome));
    }
    for (const state of ["evaluated", 0, true, null]) {
      hostile.misbehave(failing(state));
      await assertOpen(decideFor("ann"), "malformed", String(state));
    }
  });

  it("leaves a decision open when the audit goes on without end, and keeps none of it", async () => {
    const chunk = new TextEncoder().encode("[".repeat(1024 * 1024));
    let sent = 0;
    hostile.misbehave({
      http: (request) => {
        if (!request.url.includes("/audit/matrix")) return undefined;
        const body = new ReadableStream({
          pull(controller) {
            sent += 1;
            controller.enqueue(chunk);
          },
        });
        return Promise.resolve(new Response(body, { status: 201 }));
      },
    });
    const outcome = await ask(decideFor("ann"));
    assert.ok(outcome.kind === "undetermined" && outcome.code === "malformed", JSON.stringify(outcome));
    assert.match(outcome.detail, /answered more than 64 MB/);
    assert.ok(sent < 128, `${sent} MB sent`);
  });

  it("leaves a decision open when a list by id answers another resource", async () => {
    hostile.misbehave({
      http: (request) => (request.url.includes("/qrs/app/full") ? reply('[{"id":"another"}]') : undefined),
    });
    await assertOpen(decideFor("ann"), "malformed", "decide");
  });
});
