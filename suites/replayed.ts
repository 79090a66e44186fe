/** What playing needs beside the cases: the oracle for open worlds, shrinking on the evaluators, tables for pictures. */
import { requirement } from "../catalogue/index.ts";
import type { Target } from "../contract/types.ts";
import { ambientOf } from "../harness/ambient.ts";
import type { ContentsOf } from "../harness/pictures.ts";
import type { CaseOptions } from "../harness/play-case.ts";
import type { PlayOptions } from "../harness/play.ts";
import { ambientOracle } from "../reference/ambience.ts";
import { deskFor } from "../reference/answer.ts";
import { defaultDialect, dialectOf } from "../catalogue/dialects.ts";
import type { Chosen } from "./selection.ts";
import { minimiser } from "./shrinking.ts";

const ambientMs = 30_000;

/** The tables of an app as loaded, for the picture of what a user does not see. */
const contentsOf: ContentsOf = (site, app) =>
  site.apps[app] === undefined ? undefined : deskFor(site, dialectOf(defaultDialect)).app(app).app;

/** The options every group of a run is played with. */
export async function playOptions(chosen: Chosen, target: Target): Promise<PlayOptions> {
  const ambient = await ambientOf(target, ambientMs);
  const base: CaseOptions = {
    strict: chosen.strict,
    requirement,
    mode: chosen.target === "qlik" && chosen.site !== undefined ? "attach" : "deploy",
    tag: `qlik-conformance-${chosen.seed}`,
    ...(ambient === undefined ? {} : { ambience: { site: ambient, oracle: ambientOracle(chosen.dialect) } }),
  };
  const minimise = minimiser(chosen, target, base);
  return {
    ...base,
    selection: { seed: chosen.seed, count: chosen.cases, dialect: chosen.dialect },
    reveal: chosen.reveal,
    contents: contentsOf,
    ...(minimise === undefined ? {} : { minimise }),
  };
}
