/** The named places where a defect may replace the mock's behaviour. A defect is one file in `defects/`. */
import type { Area, RequirementId } from "../contract/types.ts";
import type { EngineSeams } from "./engine/seams.ts";
import type { ProxySeams } from "./proxy/seams.ts";
import type { RepositorySeams } from "./repository/seams.ts";
import type { RuleSeams } from "./rules/seams.ts";

export interface Seams {
  readonly engine: EngineSeams;
  readonly rules: RuleSeams;
  readonly proxy: ProxySeams;
  readonly repository: RepositorySeams;
}

/** A named wrong the mock can be started with. */
export interface Defect {
  readonly name: string;
  readonly area: Area;
  /** Requirements whose standing it must turn to `broken`. */
  readonly breaks: readonly [RequirementId, ...RequirementId[]];
  /** What a user of such a site would notice, one line. */
  readonly effect: string;
  readonly replace: (seams: Seams) => Seams;
}
