import type { Defect } from "../seams.ts";

const shipped = new Set(["RootAdmin", "AuditAdmin", "ContentAdmin", "DeploymentAdmin", "HubAdmin", "SecurityAdmin"]);

export const rolesBuiltIn: Defect = {
  name: "roles-built-in",
  area: "rules",
  breaks: ["SR-523"],
  effect: "Only the shipped admin roles are heeded.",
  replace: (seams) => ({
    ...seams,
    rules: {
      ...seams.rules,
      propertyValues: (type, name, values) => {
        const read = seams.rules.propertyValues(type, name, values);
        return name === "roles" ? read.filter((role) => shipped.has(role)) : read;
      },
    },
  }),
};
