import type { Defect } from "../seams.ts";

export const claimedRolesCount: Defect = {
  name: "claimed-roles-count",
  area: "impersonation",
  breaks: ["SEC-04"],
  effect: "Roles a token claims count as roles of the user.",
  replace: (seams) => ({
    ...seams,
    proxy: {
      ...seams.proxy,
      mappedAttributes: (settings, claims) => {
        const roles = { claim: "roles", attribute: "roles", mandatory: false };
        return seams.proxy.mappedAttributes({ ...settings, attributes: [...settings.attributes, roles] }, claims);
      },
    },
    rules: {
      ...seams.rules,
      readRule: (rule) => {
        const { rule: condition, ...rest } = seams.rules.readRule(rule);
        if (typeof condition !== "string") return { ...rest, rule: condition ?? null };
        const both = "(user.roles = $1 or user.environment.roles = $1)";
        return { ...rest, rule: condition.replaceAll(/user\.roles\s*=\s*("[^"]*")/g, both) };
      },
    },
  }),
};
