import { textAt } from "../fields.ts";
import type { Defect } from "../seams.ts";

/** What the token claims is read beside what the User row holds. */
const both = "(user.roles $1 or user.environment.roles $1)";

export const claimedRolesCount: Defect = {
  name: "claimed-roles-count",
  area: "impersonation",
  breaks: ["SEC-04"],
  effect: "Roles a token claims count as roles of the user.",
  replace: (seams) => ({
    ...seams,
    proxy: { ...seams.proxy, mappedAttributes: (_, claims) => ({ roles: [claims["roles"]].flat().map(String) }) },
    rules: {
      ...seams.rules,
      readRule: (rule) => ({ ...rule, rule: textAt(rule, "rule").replace(/user\.roles (= "\w+")/, both) }),
    },
  }),
};
