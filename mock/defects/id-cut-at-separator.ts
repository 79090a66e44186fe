import type { Defect } from "../seams.ts";

export const idCutAtSeparator: Defect = {
  name: "id-cut-at-separator",
  area: "impersonation",
  breaks: ["IM-054"],
  effect: "What stands behind a semicolon in an id is lost.",
  replace: (seams) => ({
    ...seams,
    proxy: { ...seams.proxy, accountOf: (login) => ({ ...login, id: login.id.split(/[;%]/)[0] ?? "" }) },
  }),
};
