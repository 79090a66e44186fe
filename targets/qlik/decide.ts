/** Asks a site for its own access decisions: the audit matrix, privilege previews and QMC sections. */
import type { Entity, Json, Outcome, Principal, Probe, RequestContext } from "../../contract/types.ts";
import { isKnownError } from "../../contract/errors.ts";
import { TargetFault } from "../faults.ts";
import { categoryAsked, categoryDecision } from "./category-decisions.ts";
import { auditBits, bitOf, isAudited } from "./audit.ts";
import { type IdMap, bodyOf, propertyValues, textOf } from "./ids.ts";
import { isAnonymous, jsonOf } from "./identity.ts";
import { equals, type Qrs } from "./qrs.ts";
import { restPaths } from "./deploy.ts";
import { listedFor, type Surfaces } from "./second-look.ts";

export type DecideProbe = Extract<Probe, { kind: "decide" }>;

const contextNames: { readonly [context in RequestContext]: string } = { hub: "AppAccess", qmc: "ManagementAccess" };

export interface Asking {
  readonly ids: IdMap;
  /** As the auditing administrator, always in the QMC context. */
  readonly auditor: Qrs;
  /** As the principal himself, in the context asked for. */
  readonly asUser: (who: Principal, context: RequestContext) => Promise<Qrs>;
  /** Entity ids of users already looked up, by upper-case full name. */
  readonly users: Map<string, string>;
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function environmentOf(probe: DecideProbe): string {
  const attributes = Object.entries(probe.as.session).flatMap(([name, values]) =>
    values.map((value) => `${name}=${value};`),
  );
  return [`context=${contextNames[probe.context]};`, ...attributes].join("");
}

async function userId(asking: Asking, who: Principal): Promise<string | undefined> {
  const name = `${who.directory}\\${who.id}`.toUpperCase();
  const known = asking.users.get(name) ?? (await lookUp(asking, who));
  if (known !== undefined) asking.users.set(name, known);
  return known;
}

async function lookUp(asking: Asking, who: Principal): Promise<string | undefined> {
  const found = await asking.auditor.list(`/user?${equals("userId", who.id)}`);
  const user = found.find(
    (candidate) => textOf(candidate, "userDirectory").toLowerCase() === who.directory.toLowerCase(),
  );
  return user?.id;
}

async function brokenNames(
  asking: Asking,
  probe: DecideProbe,
  resource: string,
  subject: string,
): Promise<readonly string[]> {
  const answer = await asking.auditor.send("POST", "/systemrule/security/audit", {
    resourceType: probe.resource.type,
    resourceFilter: `id eq ${resource}`,
    userFilter: `id eq ${subject}`,
    environmentAttributes: environmentOf(probe),
    includeNonGrantingRules: true,
  });
  const audit = jsonOf(answer, "the audit");
  if (!isRecord(audit) || !Array.isArray(audit["ruleApplication"]))
    throw new TargetFault("malformed", "the audit lists no rules");
  const failed = new Set(
    audit["ruleApplication"].flatMap((item: unknown) =>
      isRecord(item) && isFailure(item["evaluationState"]) ? [String(item["ruleID"])] : [],
    ),
  );
  const rules = await asking.auditor.list("/systemrule/full");
  const meant = rules.filter((rule) => failed.has(rule.id) && isMeantFor(rule, probe.action));
  if (meant.length === 0)
    throw new TargetFault("malformed", "the audit's matrix tells of a broken rule, and its list of none");
  return [...new Set(meant.map((rule) => textOf(rule, "name")))].sort();
}

/** Two pages of the help differ: one has words, the other the numbers 1 and 2. */
function isFailure(state: unknown): boolean {
  return typeof state === "string" ? /^(?:parse|evaluation)failure$/i.test(state) : state === 1 || state === 2;
}

/** The list form of the audit tells of every rule on the resource, whatever its actions. */
function isMeantFor(rule: Entity, action: string): boolean {
  const { actions } = rule as { readonly actions?: Json };
  return typeof actions === "number" && (actions & bitOf(action)) !== 0;
}

/** SR-108: what is not there grants nothing. */
async function isGone(asking: Asking, probe: DecideProbe, resource: string): Promise<boolean> {
  const path = restPaths[probe.resource.type];
  return path !== undefined && (await asking.auditor.send("GET", `${path}/${resource}`)).status === 404;
}

/** What the surfaces say, where they do not all say the same: no decision equals it, and it names them. */
function disagreement(audit: boolean, { list, privileges }: Surfaces): Outcome | undefined {
  const told = { audit, list, privileges };
  const heard = Object.entries(told).flatMap(([surface, says]) =>
    says === undefined ? [] : [[surface, says] as const],
  );
  if (heard.every(([, says]) => says === audit)) return undefined;
  return { kind: "measure", values: Object.fromEntries(heard.map(([surface, says]) => [surface, says ? 1 : 0])) };
}

/** Who cannot log in, or not with these session attributes, or may not, is judged by the audit alone. */
async function surfacesOf(asking: Asking, probe: DecideProbe, resource: string): Promise<Surfaces> {
  let qrs: Qrs;
  try {
    qrs = await asking.asUser(probe.as, probe.context);
  } catch (error) {
    if (isKnownError(error) && error.code !== "unsafe") return { list: undefined, privileges: undefined };
    throw error;
  }
  return listedFor(qrs, probe.resource.type, resource, probe.action);
}

async function byMatrix(asking: Asking, probe: DecideProbe, resource: string, subject: string): Promise<Outcome> {
  const { action, resource: asked } = probe;
  const tried = probe.preview === undefined ? {} : { preview: probe.preview };
  const question = { type: asked.type, resource, subject, action, environment: environmentOf(probe), ...tried };
  const bits = await auditBits(asking.auditor, question);
  if (bits === "unseen") {
    if (await isGone(asking, probe, resource)) return { kind: "decision", allowed: false, broken: [] };
    throw new TargetFault("malformed", "the audit did not look at the resource; may the auditing user see it?");
  }
  const bit = bitOf(action);
  const allowed = (bits.access & bit) !== 0;
  // Only the matrix tries rules out, and it names none that is broken.
  if (probe.preview !== undefined)
    return { kind: "decision", allowed, ...((bits.broken & bit) === 0 ? { broken: [] } : {}) };
  const differing = disagreement(allowed, await surfacesOf(asking, probe, resource));
  if (differing !== undefined) return differing;
  const names = (bits.broken & bit) === 0 ? [] : await brokenNames(asking, probe, resource, subject);
  return { kind: "decision", allowed, broken: names };
}

/** References and custom properties of a would-be entity by the site's ids. */
function wouldBeBody(entity: Entity, ids: IdMap): { readonly [field: string]: Json } {
  const values = propertyValues(entity);
  const body = bodyOf(entity, ids);
  if (values.length === 0) return body;
  const customProperties = values.map(({ name, value }) => ({
    value,
    definition: { id: ids.real("CustomPropertyDefinition", `property:${name}`), name },
  }));
  return { ...body, customProperties };
}

async function byPreview(asking: Asking, probe: DecideProbe, body: Json): Promise<Outcome> {
  const path = restPaths[probe.resource.type] ?? `/${probe.resource.type.toLowerCase()}`;
  const qrs = await asking.asUser(probe.as, probe.context);
  const answer = await qrs.send("POST", `${path}/previewprivileges?privilegesFilter=${bitOf(probe.action)}`, body);
  if (answer.status !== 200 && answer.status !== 201) {
    throw new TargetFault("malformed", `previewing privileges answered ${answer.status}: ${answer.text.slice(0, 120)}`);
  }
  const privileges = jsonOf(answer, "previewing privileges");
  if (!Array.isArray(privileges)) throw new TargetFault("malformed", "previewing privileges answered no list");
  const allowed = privileges.some(
    (item) => typeof item === "string" && item.toLowerCase() === probe.action.toLowerCase(),
  );
  return { kind: "decision", allowed };
}

async function bySection(asking: Asking, probe: DecideProbe, section: string): Promise<Outcome> {
  if (probe.action.toLowerCase() !== "read") {
    throw new TargetFault("malformed", `a site tells only who may read a QMC section, not who may ${probe.action} it`);
  }
  const qrs = await asking.asUser(probe.as, probe.context);
  const answer = await qrs.send("POST", "/systemrule/security/evaluatetransientresources", [section]);
  if (answer.status !== 200 && answer.status !== 201)
    throw new TargetFault("malformed", `judging QMC sections answered ${answer.status}`);
  const allowed = jsonOf(answer, "judging QMC sections");
  if (!Array.isArray(allowed)) throw new TargetFault("malformed", "judging QMC sections answered no list");
  return { kind: "decision", allowed: allowed.includes(section) };
}

/** Neither who is no User entity (an anonymous user, a first visitor) nor an action its type lacks is in an audit: he previews his privileges on the entity as it stands. */
async function byOwnPreview(asking: Asking, probe: DecideProbe, resource: string): Promise<Outcome> {
  const path = restPaths[probe.resource.type];
  if (path === undefined) throw new TargetFault("malformed", `cannot preview privileges on ${probe.resource.type}`);
  const found = await asking.auditor.send("GET", `${path}/${resource}`);
  if (found.status === 404) return { kind: "decision", allowed: false, broken: [] };
  const entity = jsonOf(found, `GET /qrs${path}`);
  if (!isRecord(entity)) throw new TargetFault("malformed", `GET /qrs${path} answered no entity`);
  return byPreview(asking, probe, entity as { readonly [field: string]: Json });
}

function assertInstalled({ preview }: DecideProbe): void {
  if (preview === undefined) return;
  throw new TargetFault("malformed", "a rule is tried out only on things and users that an audit looks at");
}

/** One decision of the site, by the interface that gives it most directly (matrix, preview, transient resources). */
export async function decideOn(asking: Asking, probe: DecideProbe): Promise<Outcome> {
  const action = categoryAsked(probe);
  if (action !== undefined) {
    const user = action === "allowaccess" ? await userId(asking, probe.as) : undefined;
    return categoryDecision(asking.auditor, asking.ids, { probe, action, user, environment: environmentOf(probe) });
  }
  if ("wouldBe" in probe.resource || probe.resource.type === "TransientObject") assertInstalled(probe);
  if ("wouldBe" in probe.resource) return byPreview(asking, probe, wouldBeBody(probe.resource.wouldBe, asking.ids));
  if (probe.resource.type === "TransientObject") return bySection(asking, probe, probe.resource.id);
  const resource = asking.ids.real(probe.resource.type, probe.resource.id);
  if (restPaths[probe.resource.type] === undefined) {
    throw new TargetFault("not-found", `this target cannot deploy or address ${probe.resource.type}`);
  }
  const subject = isAnonymous(probe.as) ? undefined : await userId(asking, probe.as);
  const audited = subject !== undefined && isAudited(probe.resource.type, probe.action);
  if (audited) return byMatrix(asking, probe, resource, subject);
  assertInstalled(probe);
  return byOwnPreview(asking, probe, resource);
}
