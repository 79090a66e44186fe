/** The wrongs the mock can be started with, by name. */
import type { Defect } from "../seams.ts";
import * as all from "./all.ts";

export const defects: readonly Defect[] = Object.values(all);
