/** The site's audit matrix, read page by page for one user and one resource. What it did not look at is no denial. */
import { actionsOf } from "../../catalogue/type-actions.ts";
import type { Json } from "../../contract/types.ts";
import { actionBits, actionNamed } from "../../reference/rules/actions.ts";
import { TargetFault } from "../faults.ts";
import { jsonOf } from "./identity.ts";
import type { Qrs } from "./qrs.ts";
import { isObject } from "./steps.ts";

export interface MatrixQuestion {
  readonly type: string;
  /** Ids of the site. */
  readonly resource: string;
  readonly subject: string;
  readonly action: string;
  /** `context=…;` and the session attributes. */
  readonly environment: string;
  /** Condition of a rule that is tried out. */
  readonly preview?: string;
}

export interface AuditBits {
  readonly access: number;
  readonly broken: number;
}

const auditLimit = 1000;
/** More pages for one pair than any site needs. */
const mostPages = 50;
const anyBit = 8191;
/** Asked for 0, a site tells nothing of what it looked at; with the bit of reading it does. */
const toldPrivileges = 2;

export function bitOf(action: string): number {
  const name = actionNamed(action);
  if (name === undefined) throw new TargetFault("malformed", `no such action: ${action}`);
  return actionBits[name];
}

/** Bits of actions a type does not have are masked away (SR-234): that such a bit is missing from an audit says nothing. */
export function isAudited(type: string, action: string): boolean {
  return actionsOf(type).includes(action.toLowerCase());
}

function covers(looked: Json | undefined, id: string): boolean {
  if (Array.isArray(looked)) return looked.some((item: Json) => isObject(item) && item["id"] === id);
  return isObject(looked) && Object.hasOwn(looked, id);
}

function maskIn(audit: Json | undefined, name: string): number {
  if (!isObject(audit)) throw new TargetFault("malformed", "the audit lists a pair without its masks");
  const mask = audit[name] ?? 0;
  if (typeof mask === "number" && Number.isInteger(mask) && mask >= 0 && mask <= anyBit) return mask;
  throw new TargetFault("malformed", `the audit answers ${JSON.stringify(mask).slice(0, 40)} for "${name}"`);
}

/** Masks of the pair, absent ones 0 (SR-702); undefined where the page does not list it. */
function bitsIn(elements: readonly Json[], question: MatrixQuestion): AuditBits | undefined {
  const { subject, resource } = question;
  const found = elements.filter(
    (item) => isObject(item) && item["subjectId"] === subject && item["resourceId"] === resource,
  );
  const bits = found.map((item) => {
    const audit = isObject(item) ? item["audit"] : undefined;
    return { access: maskIn(audit, "access"), broken: maskIn(audit, "broken") };
  });
  const [first] = bits;
  if (bits.some(({ access, broken }) => access !== first?.access || broken !== first.broken))
    throw new TargetFault("malformed", "the audit answers twice, and not alike, for one user and resource");
  return first;
}

interface Page {
  readonly elements: readonly Json[];
  readonly sawSubject: boolean;
  readonly sawResource: boolean;
  /** Where the next page begins; nothing where this was the last. */
  readonly next?: Json;
}

async function pageFrom(auditor: Qrs, question: MatrixQuestion, start: string): Promise<Page> {
  const answer = await auditor.send("POST", "/systemrule/security/audit/matrix", {
    resourceType: question.type,
    resourceRef: { resourceFilter: `id eq ${question.resource}` },
    subjectRef: { resourceFilter: `id eq ${question.subject}` },
    actions: bitOf(question.action),
    environmentAttributes: question.environment,
    resourceProperties: ["name"],
    subjectProperties: ["userId", "userDirectory"],
    auditLimit,
    outputObjectsPrivileges: toldPrivileges,
    ...(question.preview === undefined ? {} : { previewRule: { condition: question.preview } }),
    ...(start === "" ? {} : { subjectStart: start }),
  });
  if (answer.status !== 200 && answer.status !== 201)
    throw new TargetFault("malformed", `the audit answered ${answer.status}: ${answer.text.slice(0, 120)}`);
  const matrix = jsonOf(answer, "the audit") as Json;
  if (!isObject(matrix) || !Array.isArray(matrix["matrix"]))
    throw new TargetFault("malformed", "the audit has no matrix");
  const elements: readonly Json[] = matrix["matrix"];
  return {
    elements,
    sawSubject: covers(matrix["subjects"], question.subject),
    sawResource: covers(matrix["resources"], question.resource),
    ...(matrix["truncated"] === true || elements.length >= auditLimit ? { next: matrix["subjectStart"] ?? null } : {}),
  };
}

/** A pair that is not listed has no bits (SR-702), unless the matrix lists others, which nobody asked about. */
function unlisted({ elements }: Page): AuditBits {
  if (elements.length === 0) return { access: 0, broken: 0 };
  throw new TargetFault("malformed", "the audit answers for others than those it was asked about");
}

/** Bits of the pair; `unseen` where the audit saw the user and not the resource. Throws `truncated` where it stops too early. */
export async function auditBits(auditor: Qrs, question: MatrixQuestion): Promise<AuditBits | "unseen"> {
  let start = "";
  const seen = new Set<string>();
  for (let number = 0; number < mostPages; number += 1) {
    const page = await pageFrom(auditor, question, start);
    const { sawSubject, sawResource, next } = page;
    const bits = sawSubject && sawResource ? bitsIn(page.elements, question) : undefined;
    if (bits !== undefined) return bits;
    if (next === undefined && !sawSubject) throw new TargetFault("malformed", "the audit did not look at the user");
    if (next === undefined) return sawResource ? unlisted(page) : "unseen";
    if (typeof next !== "string" || next === "" || seen.has(next)) break;
    seen.add(next);
    start = next;
  }
  const remedy = "look whether something between cuts answers short, and whether the site limits audits";
  const message = "the audit ends before the user and the resource asked about";
  throw new TargetFault("truncated", message, undefined, { remedy });
}
