/** What the walk over the entity graph passes around. */
import type { Entity, Principal, RequestContext, ResourceRef } from "../../contract/types.ts";

/** One node of the entity graph: QRS type and entity. */
export interface Resource {
  readonly type: string;
  readonly entity: Entity;
}

/** What a path leads to. A path through a missing link leads nowhere (SR-422). */
export type Found =
  | { readonly kind: "nothing" }
  | { readonly kind: "texts"; readonly values: readonly string[] }
  | { readonly kind: "things"; readonly values: readonly Resource[] };

export const nothing: Found = { kind: "nothing" };

/** Texts, or nothing when there is none: a property without a value is a missing one (SR-348). */
export function textsOf(values: readonly string[]): Found {
  return values.length === 0 ? nothing : { kind: "texts", values };
}

export function thingsOf(values: readonly Resource[]): Found {
  return values.length === 0 ? nothing : { kind: "things", values };
}

export interface RuleQuestionLike {
  readonly as: Principal;
  readonly resource: ResourceRef;
  /** API string of the action, any letter case (SR-238), or what rules of another category are asked (SR-235). */
  readonly action: string;
  /** Id of the node a load-balancing question is about. */
  readonly node?: string;
  readonly context: RequestContext;
}

export interface RuleAnswer {
  readonly allowed: boolean;
  /** Names of the rules that grant it, sorted. */
  readonly rules: readonly string[];
  /** Names of the rules that would have been asked but cannot be read, sorted (SR-110). */
  readonly broken: readonly string[];
}

/** Bits of the action mask by API string (SR-231, QR-040). */
export const actionBits: { readonly [action: string]: number } = {
  create: 1,
  read: 2,
  update: 4,
  delete: 8,
  export: 16,
  publish: 32,
  changeowner: 64,
  changerole: 128,
  exportdata: 256,
  offlineaccess: 512,
  distribute: 1024,
  duplicate: 2048,
  approve: 4096,
};

export function bitOf(action: string): number {
  const name = action.toLowerCase();
  return Object.hasOwn(actionBits, name) ? (actionBits[name] ?? 0) : 0;
}

/** What licence and load-balancing rules are asked, each by bit 1 of their masks (SR-235). */
const askedOfOthers: { readonly [action: string]: string } = { allowaccess: "License", loadbalancing: "Sync" };

/** The category of rules a question is for (SR-134). */
export function categoryOf(action: string): string {
  const name = action.toLowerCase();
  return Object.hasOwn(askedOfOthers, name) ? (askedOfOthers[name] ?? "") : "Security";
}

/** The bit a rule of the question's category must have. */
export function askedBit(action: string): number {
  return categoryOf(action) === "Security" ? bitOf(action) : 1;
}

/** Equal but for letter case. */
export function same(left: string, right: string): boolean {
  return left === right || left.toLowerCase() === right.toLowerCase();
}
