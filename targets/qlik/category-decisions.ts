/**
 * Questions of licence rules (which user gets access through a group, SR-601) and of load-balancing rules (which node opens
 * an app, SR-611), by the audit matrix each category has of its own.
 */
import type { Json, Outcome, Probe } from "../../contract/types.ts";
import { categoryActions, type CategoryAction } from "../../reference/rules/actions.ts";
import { TargetFault } from "../faults.ts";
import type { IdMap } from "./ids.ts";
import { jsonOf } from "./identity.ts";
import type { Qrs } from "./qrs.ts";
import { isObject } from "./steps.ts";

type DecideProbe = Extract<Probe, { kind: "decide" }>;

/** The question of another category that a probe asks; undefined for one of security rules. */
export function categoryAsked({ action }: DecideProbe): CategoryAction | undefined {
  const lower = action.toLowerCase();
  return Object.keys(categoryActions).find((name): name is CategoryAction => name === lower);
}

export interface CategoryQuestion {
  readonly probe: DecideProbe;
  readonly action: CategoryAction;
  /** Id of the user; undefined where the site has none. */
  readonly user: string | undefined;
  readonly environment: string;
}

function maskIn(audit: Json | undefined, name: string): number {
  const mask = isObject(audit) ? (audit[name] ?? 0) : undefined;
  if (mask === 0 || mask === 1) return mask;
  throw new TargetFault("malformed", `the audit answers ${JSON.stringify(mask ?? null).slice(0, 40)} for "${name}"`);
}

/** A rule that could not be judged is seen in the mask, its name is not told. */
function outcomeOf(audit: Json | undefined): Outcome {
  const allowed = maskIn(audit, "access") === 1;
  return { kind: "decision", allowed, ...(maskIn(audit, "broken") === 1 ? {} : { broken: [] }) };
}

/** Reads one pair of the category's matrix; what it did not look at is no denial. */
export async function categoryDecision(auditor: Qrs, ids: IdMap, question: CategoryQuestion): Promise<Outcome> {
  const { probe, action, user } = question;
  const { resource, node } = probe;
  if ("wouldBe" in resource)
    throw new TargetFault("malformed", "only what is there can be asked of licences and nodes");
  const subject = action === "loadbalancing" ? ids.real("ServerNodeConfiguration", node ?? "") : user;
  if (subject === undefined) throw new TargetFault("not-found", `the site has no user ${probe.as.id}`);
  const id = ids.real(resource.type, resource.id);
  return outcomeOf(pairIn(await matrixOf(auditor, question, { subject, id }), { subject, id }));
}

interface Pair {
  readonly subject: string;
  readonly id: string;
}

async function matrixOf(auditor: Qrs, question: CategoryQuestion, { subject, id }: Pair): Promise<Json> {
  const { probe, action, environment } = question;
  const answer = await auditor.send("POST", `/systemrule/${categoryActions[action].toLowerCase()}/audit/matrix`, {
    resourceType: probe.resource.type,
    resourceRef: { resourceFilter: `id eq ${id}` },
    subjectRef: { resourceFilter: `id eq ${subject}` },
    actions: 1,
    environmentAttributes: environment,
    resourceProperties: ["name"],
    subjectProperties: ["name"],
    auditLimit: 1000,
    outputObjectsPrivileges: 2,
  });
  if (answer.status !== 200 && answer.status !== 201)
    throw new TargetFault("malformed", `the audit answered ${answer.status}: ${answer.text.slice(0, 120)}`);
  return jsonOf(answer, "the audit") as Json;
}

/** The masks of the pair, none where it is left out (SR-702). */
function pairIn(found: Json, { subject, id }: Pair): Json | undefined {
  if (!isObject(found) || !Array.isArray(found["matrix"]))
    throw new TargetFault("malformed", "the audit has no matrix");
  if (found["truncated"] === true) throw new TargetFault("truncated", "the audit ends before the pair asked about");
  const { subjects, resources } = found;
  if (!isObject(subjects) || !isObject(resources) || !Object.hasOwn(subjects, subject) || !Object.hasOwn(resources, id))
    throw new TargetFault("malformed", "the audit did not look at the pair asked about");
  const pair = found["matrix"].find(
    (one: Json) => isObject(one) && one["subjectId"] === subject && one["resourceId"] === id,
  );
  return isObject(pair) ? pair["audit"] : {};
}
