import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

const withoutSource = /\bload\s(?:(?!\b(?:inline|from|resident|autogenerate)\b)[^;])*;\s*(?=load\b)/gi;

export const precedingLoadsDropped: Defect = {
  name: "preceding-loads-dropped",
  area: "section-access",
  breaks: ["LS-LOAD-02"],
  effect: "A LOAD without a source is passed over.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(withoutSource, "")),
};
