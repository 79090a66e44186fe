/** Runs a load script into the tables it leaves behind, as loaded. */
import { scriptText } from "../languages/load-script/script-text.ts";
import type { LoadedApp, Reload } from "./model.ts";
import { spreadOtherSymbols } from "./other-symbols.ts";
import { newState } from "./state.ts";
import { runScript } from "./statements.ts";

/**
 * Runs a load script. Files are asked for by the path the script names; without `files` there are none. Throws
 * ConformanceError `script-syntax`, `script-run` or `not-supported` with file, line, column and what to do.
 */
export const reload: Reload = (script, options = {}): LoadedApp => {
  const state = newState(options);
  runScript(state, script, options.file);
  spreadOtherSymbols(state, { source: scriptText(script, options.file), span: undefined });
  const { access, application } = state.domains;
  const star = state.accessStar === undefined ? state.star : state.accessStar.symbol;
  return {
    ...(state.hasAccess && {
      access: access.tables.map(({ name, fields, rows, inline }) => ({ name, fields, rows, inline })),
    }),
    app: application.tables.map(({ name, fields, rows, loosened }) => ({ name, fields, rows, loosened })),
    ...(star !== undefined && { star }),
  };
};
