import { withScript } from "../engine/loaded.ts";
import type { Defect } from "../seams.ts";

export const quotesUnread: Defect = {
  name: "quotes-unread",
  area: "section-access",
  breaks: ["LS-TXT-02"],
  effect: "Quotes in a text file are part of the cell.",
  replace: (seams) => withScript(seams, (script) => script.replaceAll(/\bmsq\b/g, "no quotes")),
};
