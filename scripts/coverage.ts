/** Which requirements the golden cases can prove and the defects are seen to break, from the cases and defects themselves. */
import { requirements } from "../catalogue/index.ts";
import type { Requirement, RequirementId } from "../contract/types.ts";
import { contrastOf } from "../harness/pairs.ts";
import { defects } from "../mock/defects/index.ts";
import { goldenCases } from "../suites/golden.ts";
import { areas } from "../suites/selection.ts";

/** Requirements that owe a proof pair and a defect: core and staff ones that are not excluded. */
export const owing: readonly Requirement[] = requirements.filter(
  ({ level, excluded }) => level !== "disputed" && excluded === undefined,
);

/** Ids some golden ask proves beside a contrast that excludes it. */
function paired(): ReadonlySet<RequirementId> {
  const cases = areas.flatMap((area) => [...goldenCases(area)]).filter(({ id }) => !id.endsWith("/controls"));
  return new Set(
    cases.flatMap((of) => of.asks.flatMap((ask) => (contrastOf(of, ask) === undefined ? [] : [...ask.proves]))),
  );
}

/** Ids of the defects that `tests/defects` sees break them. */
function broken(): ReadonlySet<RequirementId> {
  return new Set(defects.flatMap(({ breaks }) => [...breaks]));
}

export interface Coverage {
  readonly paired: readonly RequirementId[];
  readonly broken: readonly RequirementId[];
}

/** Of the owing requirements, those with a proof pair and those with a defect, sorted. */
export function coverage(): Coverage {
  const [withPair, withDefect] = [paired(), broken()];
  const ids = owing.map(({ id }) => id);
  return { paired: ids.filter((id) => withPair.has(id)), broken: ids.filter((id) => withDefect.has(id)) };
}
