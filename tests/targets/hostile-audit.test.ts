/** Audits that are garbage, cut short, endless or wrong: the decision stays open, or the surfaces are seen to disagree. */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import type { Deployment, FailureCode, Outcome, Probe } from "../../contract/types.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { configOf } from "../../targets/mock.ts";
import { qlikTarget } from "../../targets/qlik/target.ts";
import { startHostile, type Hostile, type Misbehaviour } from "./hostile-server.ts";
import { decideFor, deploy, never } from "./trading.ts";

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
    answer: (all) => ({ ...all, matrix: [], subjects: {}, truncated: true, subjectStart: 0 }),
    code: "truncated",
  },
  {
    name: "is full of other pairs",
    answer: (all) => ({ ...all, subjects: {}, matrix: Array.from({ length: 1000 }, () => ({ subjectId: "x" })) }),
    code: "truncated",
  },
  {
    name: "has pages without end",
    answer: (all) => ({ ...all, matrix: [], subjects: {}, truncated: true, subjectStart: (nextPage += 1) }),
    code: "truncated",
  },
];

let nextPage = 0;

/** Any audit answers these bits for the pair asked about. */
function lying(access: number): Misbehaviour {
  const changed = altering((matrix) => ({ ...matrix, matrix: [{ ...pairOf(matrix), audit: { access } }] }));
  return { http: (request, next) => (request.url.includes("/audit/matrix") ? next().then(changed) : undefined) };
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
      hostile.misbehave({
        http: (request, next) => (request.url.includes("/audit/matrix") ? next().then(altering(answer)) : undefined),
      });
      await assertOpen(decideFor("ann"), code, "decide");
      await assertOpen(decideFor("erin"), code, "decide");
    });
  }

  it("finds that the audit denies what the user is listed, and that it allows what he is not", async () => {
    hostile.misbehave(lying(0));
    assert.deepEqual(await ask(decideFor("ann")), { kind: "measure", values: { audit: 0, list: 1, privileges: 1 } });
    hostile.misbehave(lying(2));
    assert.deepEqual(await ask(decideFor("erin")), { kind: "measure", values: { audit: 1, list: 0 } });
  });

  it("leaves a decision open when a list by id answers another resource", async () => {
    hostile.misbehave({
      http: (request) => (request.url.includes("/qrs/app/full") ? reply('[{"id":"another"}]') : undefined),
    });
    await assertOpen(decideFor("ann"), "malformed", "decide");
  });
});
