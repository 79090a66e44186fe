/** One case on one target: its sites are prepared when first asked about, its asks put in order, everything disposed. */
import type { Ask, Capability, Case, Deployment, Outcome, Requirement, Target, Verdict } from "../contract/types.ts";
import { isVerdict, underAmbience, type Ambience } from "./ambient.ts";
import { askOnce, chargeOf, type Answer } from "./ask.ts";
import { withDeadline } from "./deadline.ts";
import { headOf, judge, missingCapability, type Bench } from "./judge.ts";
import { withControls } from "./refusals.ts";

export interface CaseOptions {
  readonly strict: boolean;
  /** Looks a requirement up: the catalogue's own `requirement`. */
  readonly requirement: (id: string) => Requirement | undefined;
  /** Default `deploy`. */
  readonly mode?: "deploy" | "attach";
  /** Marks what is created; default `qlik-conformance`. */
  readonly tag?: string;
  /** Milliseconds one ask may take; default 30,000. */
  readonly askMs?: number;
  /** Milliseconds preparing or disposing a site may take; default 120,000. */
  readonly prepareMs?: number;
  readonly ambience?: Ambience;
  readonly signal?: AbortSignal;
}

export interface CaseResult {
  readonly case: Case;
  /** In the order of the asks. */
  readonly verdicts: readonly Verdict[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Set where names and data of a user's own site were masked. */
  readonly masked?: true;
  /** Whether the target let a deadline pass. */
  readonly hung: boolean;
}

const defaultAskMs = 30_000;
const defaultPrepareMs = 120_000;

interface Stage {
  ask(ask: Ask): Promise<Answer>;
  close(): Promise<Answer | undefined>;
  hung(): boolean;
}

function isDeployment(prepared: Deployment | Answer): prepared is Deployment {
  return "ask" in prepared && typeof prepared.ask === "function";
}

/** Targets that users bring are not type-checked. */
function isPrepared(made: unknown): made is Deployment {
  const parts = typeof made === "object" && made !== null && "ask" in made && "dispose" in made ? made : undefined;
  return typeof parts?.ask === "function" && typeof parts.dispose === "function";
}

/** Keeps the deployments of a case. After a missed deadline nothing more is asked of it. */
function stageOf(of: Case, target: Target, options: CaseOptions): Stage {
  const deployments = new Map<string, Promise<Deployment | Answer>>();
  const prepareMs = options.prepareMs ?? defaultPrepareMs;
  let hung = false;
  let left: Answer | undefined;

  async function prepare(at: string): Promise<Deployment | Answer> {
    const site = of.sites[at];
    if (site === undefined) return { kind: "harness-error", detail: `the case has no site ${at}` };
    const how = { mode: options.mode ?? "deploy", tag: options.tag ?? "qlik-conformance" } as const;
    let begun: Promise<Deployment> | undefined;
    const work = async (signal: AbortSignal): Promise<Deployment> => {
      begun = target.prepare(site, { ...how, signal });
      return begun;
    };
    try {
      const made: unknown = await withDeadline("preparing the site", prepareMs, work, options.signal);
      return isPrepared(made)
        ? made
        : { kind: "undetermined", code: "malformed", detail: "preparing gave no deployment" };
    } catch (error) {
      // What arrives after its deadline is cleaned up all the same.
      begun?.then(async (late) => late.dispose()).catch(() => {});
      return chargeOf(error);
    }
  }

  /** One site at a time: two sites of a case may hold the same users and names. */
  async function deploymentAt(at: string): Promise<Deployment | Answer> {
    const known = deployments.get(at);
    if (known !== undefined) return known;
    left ??= await disposeAll([...deployments.values()], prepareMs);
    deployments.clear();
    const made = prepare(at);
    deployments.set(at, made);
    return made;
  }

  return {
    async ask(ask) {
      if (hung)
        return { kind: "undetermined", code: "timed-out", detail: "not asked after an earlier answer took too long" };
      const deployment = await deploymentAt(ask.at ?? "main");
      const answer = isDeployment(deployment)
        ? await askOnce(deployment, ask.probe, options.askMs ?? defaultAskMs, options.signal)
        : deployment;
      hung = answer.kind === "undetermined" && answer.code === "timed-out";
      return answer;
    },
    close: async () => (await disposeAll([...deployments.values()], prepareMs)) ?? left,
    hung: () => hung,
  };
}

/** Disposes every deployment, also after one failed to; gives the first fault. */
async function disposeAll(
  deployments: readonly Promise<Deployment | Answer>[],
  ms: number,
): Promise<Answer | undefined> {
  let fault: Answer | undefined;
  for (const prepared of deployments) {
    const deployment = await prepared;
    if (!isDeployment(deployment)) continue;
    try {
      await withDeadline("cleaning up", ms, async () => deployment.dispose());
    } catch (error) {
      fault ??= chargeOf(error);
    }
  }
  return fault;
}

type Heard = { readonly ask: Ask; readonly verdict: Verdict } | { readonly ask: Ask; readonly outcome: Outcome };

/** A law compares answers: where one of them cannot be had, it cannot be judged. */
function missingFor(of: Case, ask: Ask, has: readonly Capability[]): Capability | undefined {
  const { expected } = ask;
  const partners = expected.kind === "relation" ? of.asks.filter(({ id }) => expected.to.includes(id)) : [];
  return [ask, ...partners].map((one) => missingCapability(of, one, has)).find((missing) => missing !== undefined);
}

async function hear(of: Case, written: Ask, stage: Stage, options: Playing): Promise<Heard> {
  const head = headOf(of, written);
  const missing = missingFor(of, written, options.target.capabilities);
  if (missing !== undefined) return { ask: written, verdict: { ...head, result: "inapplicable", missing } };
  const ask = underAmbience(of, written, options.ambience);
  if (isVerdict(ask)) return { ask: written, verdict: ask };
  const answer = await stage.ask(ask);
  return answer.kind === "harness-error"
    ? { ask, verdict: { ...head, result: "harness-error", detail: answer.detail } }
    : { ask, outcome: answer };
}

type Playing = CaseOptions & { readonly target: Target };

/** Plays one case. Never rejects: what goes wrong becomes verdicts, charged to the target or to the tool. */
export async function playCase(of: Case, target: Target, options: CaseOptions): Promise<CaseResult> {
  const stage = stageOf(of, target, options);
  const heard: Heard[] = [];
  for (const ask of of.asks) {
    const one = await hear(of, ask, stage, { ...options, target }).catch((error: unknown) => toolFault(of, ask, error));
    heard.push(one);
  }
  const litter = await stage.close();
  const outcomes = new Map(heard.flatMap((one) => ("outcome" in one ? [[one.ask.id, one.outcome]] : [])));
  const bench: Bench = {
    target: target.name,
    strict: options.strict,
    requirement: options.requirement,
    ...(target.dialect === undefined ? {} : { declared: target.dialect }),
  };
  const verdicts = heard.map((one) => judgeHeard(of, one, outcomes, bench));
  return { case: of, verdicts: withLitter(of, verdicts, litter), outcomes, hung: stage.hung() };
}

function judgeHeard(of: Case, one: Heard, outcomes: ReadonlyMap<string, Outcome>, bench: Bench): Verdict {
  if ("verdict" in one) return one.verdict;
  try {
    const verdict = judge({ case: of, ask: one.ask, observed: one.outcome, siblings: outcomes }, bench);
    return withControls(verdict, of, one.ask, outcomes);
  } catch (error) {
    return toolFault(of, one.ask, error).verdict;
  }
}

/** What our own code threw is the tool's fault, whatever its code. */
function toolFault(of: Case, ask: Ask, error: unknown): { readonly ask: Ask; readonly verdict: Verdict } {
  const charge = chargeOf(error);
  const detail = "detail" in charge ? charge.detail : charge.kind;
  return { ask, verdict: { ...headOf(of, ask), result: "harness-error", detail } };
}

/** A site that could not be cleaned up is told at the last ask that has nothing worse to tell. */
function withLitter(of: Case, verdicts: readonly Verdict[], litter: Answer | undefined): readonly Verdict[] {
  if (litter === undefined) return verdicts;
  const index = verdicts.findLastIndex(({ result }) => result !== "fail" && result !== "harness-error");
  const ask = of.asks[index];
  if (ask === undefined) return verdicts;
  const head = headOf(of, ask);
  const told: Verdict =
    litter.kind === "undetermined"
      ? { ...head, result: "inconclusive", code: litter.code, detail: `cleaning up: ${litter.detail}` }
      : {
          ...head,
          result: "harness-error",
          detail: `cleaning up: ${"detail" in litter ? litter.detail : litter.kind}`,
        };
  return verdicts.with(index, told);
}
