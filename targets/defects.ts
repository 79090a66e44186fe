/** Defects by name, for the flags that take one. */
import { ConformanceError } from "../contract/errors.ts";
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
