/** What is measured, each beside its peer: both do the same work on the same input. */
import { WebSocket } from "ws";
import { dialectOf } from "../catalogue/dialects.ts";
import { requirement } from "../catalogue/index.ts";
import type { Principal } from "../contract/types.ts";
import { randomRuleWorld } from "../generators/rules.ts";
import { playCase } from "../harness/play-case.ts";
import { parseCondition } from "../languages/rule-condition/parse.ts";
import { evaluateAccess } from "../mock/engine/evaluate.ts";
import { plainRules } from "../mock/rules/plain.ts";
import { evaluateRules } from "../mock/rules/evaluate.ts";
import { startMock } from "../mock/server.ts";
import { decide, policyOf } from "../reference/rules/spec.ts";
import { reduce } from "../reference/section-access/spec.ts";
import { goldenCases } from "../suites/golden.ts";
import { configOf } from "../targets/mock.ts";
import { connect } from "../targets/qlik/engine.ts";
import { openHttp } from "../targets/qlik/http.ts";
import { openSession, prefixPath } from "../targets/qlik/identity.ts";
import { referenceTarget } from "../targets/reference.ts";
import { questionsOf } from "../tests/differential/access-agreement.ts";

export interface Pair {
  readonly title: string;
  /** What one run of a side does, `count` of them. */
  readonly unit: string;
  readonly count: number;
  readonly ours: readonly [name: string, run: () => unknown];
  readonly peer: readonly [name: string, run: () => unknown];
  readonly close?: () => Promise<void>;
}

const documented = dialectOf("documented");
const many = 10_000;

function first<T>(items: readonly T[], what: string): T {
  const [item] = items;
  if (item === undefined) throw new TypeError(`there is no ${what}`);
  return item;
}

function oneReduction(): Pair {
  const question = first(questionsOf(1, 1, 2), "question");
  return {
    title: "one user of one app",
    unit: "reduction",
    count: 1,
    ours: ["reference, row by row", () => reduce(question.app, question.who, documented)],
    peer: ["mock, SQL on DuckDB", () => evaluateAccess([question], documented)],
  };
}

function manyReductions(): Pair {
  const questions = questionsOf(1, 0, many).slice(0, many);
  return {
    title: `${many} users and apps at once`,
    unit: "reduction",
    count: many,
    ours: ["reference, row by row", () => questions.map(({ app, who }) => reduce(app, who, documented))],
    peer: ["mock, SQL on DuckDB", () => evaluateAccess(questions, documented)],
  };
}

function oneDecision(): Pair {
  const { site, questions } = randomRuleWorld(1, 1);
  const question = first(questions, "question");
  return {
    title: "one decision, rules read first",
    unit: "decision",
    count: 1,
    ours: ["reference", () => decide(policyOf(site, documented), question)],
    peer: ["mock, naive walk", () => evaluateRules(site, [question], documented, plainRules)],
  };
}

function oneCase(): Pair {
  const of = first(
    goldenCases("section-access").filter(({ id }) => id === "section-access/we-1"),
    "case we-1",
  );
  const target = referenceTarget("documented");
  const { signal } = new AbortController();
  return {
    title: `a golden case of ${of.asks.length} asks`,
    unit: "case",
    count: 1,
    ours: ["through the harness", () => playCase(of, target, { strict: false, requirement })],
    peer: [
      "its asks alone",
      async () => {
        const deployment = await target.prepare(of.sites.main, { mode: "deploy", tag: "bench", signal });
        for (const { probe } of of.asks) await deployment.ask(probe, signal);
      },
    ],
  };
}

const rule = `!resource.App.stream.Empty() and resource.App.HasPrivilege("read") and (resource.objectType = "userstate" or
  resource.objectType = "sheet" or resource.objectType = "story") and !user.IsAnonymous() and user.group = "role_dev"`;

function oneCondition(): Pair {
  const json = JSON.stringify(parseCondition(rule));
  return {
    title: "a condition of a rule",
    unit: "parse",
    count: 1,
    ours: ["its text", () => parseCondition(rule)],
    peer: ["its tree as JSON", () => JSON.parse(json) as unknown],
  };
}

function trip(socket: WebSocket): () => Promise<unknown> {
  let id = 0;
  return () =>
    new Promise((resolve) => {
      const call = { jsonrpc: "2.0", id: (id += 1), handle: -1, method: "GetAuthenticatedUser", params: [] };
      socket.on("message", function answered(data) {
        const { id: answer } = JSON.parse(Buffer.isBuffer(data) ? data.toString() : "{}") as { readonly id?: number };
        if (answer !== call.id) return;
        socket.off("message", answered);
        resolve(data);
      });
      socket.send(JSON.stringify(call));
    });
}

async function oneTrip(): Promise<Pair> {
  const mock = await startMock({ dialect: "documented" });
  const config = configOf(mock, "documented");
  const http = openHttp(config);
  const who: Principal = { directory: "CORP", id: "ann", groups: [], attributes: {}, session: {} };
  const session = await openSession(http, config, who, mock.prefix);
  const address = { origin: http.origin, caPem: mock.caPem, timeoutMs: config.timeoutMs };
  const enigma = await connect(address, session);
  const query = session.csrf === undefined ? "" : `?qlik-csrf-token=${session.csrf}`;
  const url = `${http.origin.replace(/^http/, "ws")}${prefixPath(mock.prefix)}/app/engineData${query}`;
  const socket = new WebSocket(url, { headers: { Cookie: session.jar.header() }, ca: mock.caPem });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return {
    title: "a call to the mock's engine over TLS on loopback",
    unit: "call",
    count: 1,
    ours: ["enigma.js", () => enigma.global.getAuthenticatedUser()],
    peer: ["a bare WebSocket", trip(socket)],
    close: async () => {
      socket.close();
      await enigma.close();
      await http.close();
      await mock.close();
    },
  };
}

/** The pairs, each made when it is its turn. */
export const pairs: readonly (() => Pair | Promise<Pair>)[] = [
  oneReduction,
  manyReductions,
  oneDecision,
  oneCase,
  oneCondition,
  oneTrip,
];
