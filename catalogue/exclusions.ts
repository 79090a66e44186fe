/**
 * Requirements no case can prove, each with its reason. Only core and staff rows need to stand here: a disputed one
 * fails nothing. The number is pinned by a test, so that the list cannot grow unnoticed.
 */
import type { RequirementId } from "../contract/types.ts";

export const exclusions: { readonly [id in RequirementId]?: string } = {};
