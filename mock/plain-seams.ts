/** The mock as documented: no seam replaced. */
import { engineSeams } from "./engine/seams.ts";
import { plainProxy } from "./proxy/plain.ts";
import { plainRepository } from "./repository/seams.ts";
import { plainRules } from "./rules/plain.ts";
import type { Seams } from "./seams.ts";

export const plainSeams: Seams = {
  engine: engineSeams,
  rules: plainRules,
  proxy: plainProxy,
  repository: plainRepository,
};
