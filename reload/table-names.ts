/** Names tables get: the label's, else one from what the LOAD reads (LS-LOAD-07). */
import type { Load } from "../languages/load-script/ast.ts";
import type { State } from "./state.ts";

function numberedName(state: State, word: string): string {
  const number = (state.counters.get(word) ?? 0) + 1;
  state.counters.set(word, number);
  return `${word}${String(number).padStart(2, "0")}`;
}

/** The label, else a name from the source (LS-LOAD-07). */
export function wantedName(state: State, top: Load, bottom: Load): string {
  if (top.label !== undefined) return top.label;
  const from = bottom.source;
  switch (from.kind) {
    case "inline":
      return numberedName(state, "INLINE");
    case "autogenerate":
      return numberedName(state, "AUTOGENERATE");
    case "resident":
      return from.table;
    case "file":
      return fileName(from.path);
    case "select":
    case "preceding":
      return numberedName(state, "TABLE");
  }
}

/** Name of a file without folders and ending, at most 32 characters (LS-LOAD-07). */
function fileName(path: string): string {
  const name = path.split(/[\\/]/).at(-1) ?? path;
  return name.replace(/(?<=.)\.[^.]*$/, "").slice(0, 32);
}
