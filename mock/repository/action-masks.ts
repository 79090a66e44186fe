/** An audit answers only the bits of actions that exist for the type (SR-234). */
import { actionsOf } from "../../catalogue/type-actions.ts";
import { actionBits } from "../rules/model.ts";

/** The bits of the actions a type has. */
export function maskOf(type: string): number {
  return actionsOf(type).reduce((mask, action) => mask | (actionBits[action] ?? 0), 0);
}
