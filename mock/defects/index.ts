/** The wrongs the mock can be started with, by name. */
import type { Defect } from "../seams.ts";
import { adminBlankRefused } from "./admin-blank-refused.ts";
import { adminUnreduced } from "./admin-unreduced.ts";
import { cacheIgnoresUser } from "./cache-ignores-user.ts";
import { caseSensitiveIdentity } from "./case-sensitive-identity.ts";
import { countsUnreduced } from "./counts-unreduced.ts";
import { directoryIgnored } from "./directory-ignored.ts";
import { duplicatesMerged } from "./duplicates-merged.ts";
import { firstRowOnly } from "./first-row-only.ts";
import { groupIgnored } from "./group-ignored.ts";
import { identityByPrefix } from "./identity-by-prefix.ts";
import { islandReduced } from "./island-reduced.ts";
import { levelIgnored } from "./level-ignored.ts";
import { noDataToAnyone } from "./no-data-to-anyone.ts";
import { noPropagation } from "./no-propagation.ts";
import { nullKept } from "./null-kept.ts";
import { omitExactCase } from "./omit-exact-case.ts";
import { omitFirstOnly } from "./omit-first-only.ts";
import { omitIgnored } from "./omit-ignored.ts";
import { openDocNameHonoured } from "./open-doc-name-honoured.ts";
import { reductionByAnyCase } from "./reduction-by-any-case.ts";
import { rowOrMatching } from "./row-or-matching.ts";
import { rowsApplyToEverybody } from "./rows-apply-to-everybody.ts";
import { scriptEditedByAnyone } from "./script-edited-by-anyone.ts";
import { starMeansEverything } from "./star-means-everything.ts";
import { strictExclusionOff } from "./strict-exclusion-off.ts";
import { syntheticKeyBySingleField } from "./synthetic-key-by-single-field.ts";
import { unreadableAppOpens } from "./unreadable-app-opens.ts";
import { userBlankSeesAll } from "./user-blank-sees-all.ts";
import { valuesAndByRow } from "./values-and-by-row.ts";
import { valuesAsWritten } from "./values-as-written.ts";

export const defects: readonly Defect[] = [
  adminBlankRefused,
  adminUnreduced,
  cacheIgnoresUser,
  caseSensitiveIdentity,
  countsUnreduced,
  directoryIgnored,
  duplicatesMerged,
  firstRowOnly,
  groupIgnored,
  identityByPrefix,
  islandReduced,
  levelIgnored,
  noDataToAnyone,
  noPropagation,
  nullKept,
  omitExactCase,
  omitFirstOnly,
  omitIgnored,
  openDocNameHonoured,
  reductionByAnyCase,
  rowOrMatching,
  rowsApplyToEverybody,
  scriptEditedByAnyone,
  starMeansEverything,
  strictExclusionOff,
  syntheticKeyBySingleField,
  unreadableAppOpens,
  userBlankSeesAll,
  valuesAndByRow,
  valuesAsWritten,
];
