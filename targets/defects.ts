/** Defects by name, for the flags that take one. */
import { ConformanceError } from "../contract/errors.ts";
import type { Area } from "../contract/types.ts";
import { defects } from "../mock/defects/index.ts";
import type { Defect } from "../mock/seams.ts";

/** Throws `usage` for a name no defect has. */
export function defectNamed(name: string): Defect {
  const found = defects.find((defect) => defect.name === name);
  if (found !== undefined) return found;
  throw new ConformanceError("usage", `no such defect: ${JSON.stringify(name)}`, {
    remedy: "qlik-conformance list --defects names them",
  });
}

/** Names of the defects of an area: those of which something holds, and the others. */
export function defectNames(
  area: Area,
  holds: (defect: Defect) => boolean,
): readonly [those: readonly string[], others: readonly string[]] {
  const own = defects.filter((defect) => defect.area === area);
  const names = (which: boolean): readonly string[] =>
    own.filter((defect) => holds(defect) === which).map(({ name }) => name);
  return [names(true), names(false)];
}
