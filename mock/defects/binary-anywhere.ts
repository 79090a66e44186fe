import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const binaryAnywhere: Defect = {
  name: "binary-anywhere",
  area: "section-access",
  breaks: ["LS-MOD-12"],
  effect: "BINARY is obeyed wherever it stands.",
  replace: (seams) => withScript(seams, (script) => script.replace(/^([\s\S]*?)(^BINARY[^;]*;)/m, "$2$1")),
};
