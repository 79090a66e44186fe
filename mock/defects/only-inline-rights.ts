import type { Defect } from "../seams.ts";

export const onlyInlineRights: Defect = {
  name: "only-inline-rights",
  area: "section-access",
  breaks: ["SA-SCR-03", "LS-TXT-03", "LS-LOAD-04"],
  effect: "Rights loaded from anything but inline text are not looked at.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      reload: (script, options) => {
        const { access = [], ...rest } = seams.engine.reload(script, options);
        const inline = access.map((table) => ({ ...table, rows: table.rows.filter((_, row) => table.inline[row]) }));
        return access.length === 0 ? rest : { ...rest, access: inline };
      },
    },
  }),
};
