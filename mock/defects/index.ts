/** The wrongs the mock can be started with, by name. */
import type { Defect } from "../seams.ts";
import { adminBlankRefused } from "./admin-blank-refused.ts";
import { adminOnEveryServer } from "./admin-on-every-server.ts";
import { adminStrict } from "./admin-strict.ts";
import { adminUnreduced } from "./admin-unreduced.ts";
import { algNoneAccepted } from "./alg-none-accepted.ts";
import { allMeansStar } from "./all-means-star.ts";
import { allRulesMustAgree } from "./all-rules-must-agree.ts";
import { anonymousIsUser } from "./anonymous-is-user.ts";
import { anyAbsentValueRefuses } from "./any-absent-value-refuses.ts";
import { anySerial } from "./any-serial.ts";
import { audienceIgnored } from "./audience-ignored.ts";
import { autogenerateOneShort } from "./autogenerate-one-short.ts";
import { blanksKept } from "./blanks-kept.ts";
import { blockedUserEnters } from "./blocked-user-enters.ts";
import { cacheIgnoresUser } from "./cache-ignores-user.ts";
import { caseSensitiveIdentity } from "./case-sensitive-identity.ts";
import { categoryIgnored } from "./category-ignored.ts";
import { claimNamesIgnoreCase } from "./claim-names-ignore-case.ts";
import { clientHeaderIdentity } from "./client-header-identity.ts";
import { concatenateIgnored } from "./concatenate-ignored.ts";
import { contextAlwaysQmc } from "./context-always-qmc.ts";
import { contextAttributeFixed } from "./context-attribute-fixed.ts";
import { contextIgnored } from "./context-ignored.ts";
import { cookieOfOtherProxy } from "./cookie-of-other-proxy.ts";
import { cookieWinsOverToken } from "./cookie-wins-over-token.ts";
import { countsUnreduced } from "./counts-unreduced.ts";
import { creatorNotOwner } from "./creator-not-owner.ts";
import { csrfUnchecked } from "./csrf-unchecked.ts";
import { customPropertyFirstOnly } from "./custom-property-first-only.ts";
import { defaultUserForEveryone } from "./default-user-for-everyone.ts";
import { delimiterIgnored } from "./delimiter-ignored.ts";
import { directoryFromTokenIgnored } from "./directory-from-token-ignored.ts";
import { directoryIgnored } from "./directory-ignored.ts";
import { disabledRuleGrants } from "./disabled-rule-grants.ts";
import { distinctIgnored } from "./distinct-ignored.ts";
import { dropAndRenameIgnored } from "./drop-and-rename-ignored.ts";
import { duplicatesMerged } from "./duplicates-merged.ts";
import { emailMatches } from "./email-matches.ts";
import { embeddedKeyAccepted } from "./embedded-key-accepted.ts";
import { emptyAppForRefused } from "./empty-app-for-refused.ts";
import { emptyCellIsNull } from "./empty-cell-is-null.ts";
import { environmentFromDirectory } from "./environment-from-directory.ts";
import { equalCaseSensitive } from "./equal-case-sensitive.ts";
import { equalKnowsWildcards } from "./equal-knows-wildcards.ts";
import { exitIgnored } from "./exit-ignored.ts";
import { expiredAccepted } from "./expired-accepted.ts";
import { fieldCaseIgnored } from "./field-case-ignored.ts";
import { filterIdIgnored } from "./filter-id-ignored.ts";
import { filterPrefixTooWide } from "./filter-prefix-too-wide.ts";
import { firstAccessTableOnly } from "./first-access-table-only.ts";
import { firstPartnerOnly } from "./first-partner-only.ts";
import { firstRowOnly } from "./first-row-only.ts";
import { firstRuleDecides } from "./first-rule-decides.ts";
import { fixation } from "./fixation.ts";
import { foreignKeyAccepted } from "./foreign-key-accepted.ts";
import { groupFirstOnly } from "./group-first-only.ts";
import { groupIgnored } from "./group-ignored.ts";
import { groupsUnmapped } from "./groups-unmapped.ts";
import { hasPrivilegeAnyAction } from "./has-privilege-any-action.ts";
import { hmacAccepted } from "./hmac-accepted.ts";
import { idCutAtSeparator } from "./id-cut-at-separator.ts";
import { identityByPrefix } from "./identity-by-prefix.ts";
import { islandReduced } from "./island-reduced.ts";
import { joinIgnored } from "./join-ignored.ts";
import { labelsIgnored } from "./labels-ignored.ts";
import { letIsSet } from "./let-is-set.ts";
import { levelIgnored } from "./level-ignored.ts";
import { likeUnanchored } from "./like-unanchored.ts";
import { listClaimFirstOnly } from "./list-claim-first-only.ts";
import { listsEveryApp } from "./lists-every-app.ts";
import { loosenedTableReduced } from "./loosened-table-reduced.ts";
import { mapNotApplied } from "./map-not-applied.ts";
import { mixedCaseDataMatches } from "./mixed-case-data-matches.ts";
import { noDataRefused } from "./no-data-refused.ts";
import { noDataToAnyone } from "./no-data-to-anyone.ts";
import { noPropagation } from "./no-propagation.ts";
import { notBeforeIgnored } from "./not-before-ignored.ts";
import { nodelessProxyServes } from "./nodeless-proxy-serves.ts";
import { ntnameWithoutGroups } from "./ntname-without-groups.ts";
import { nullKept } from "./null-kept.ts";
import { nullsLink } from "./nulls-link.ts";
import { numberLost } from "./number-lost.ts";
import { numbersAsText } from "./numbers-as-text.ts";
import { omitExactCase } from "./omit-exact-case.ts";
import { omitFirstOnly } from "./omit-first-only.ts";
import { omitIgnored } from "./omit-ignored.ts";
import { omitStarHidesAll } from "./omit-star-hides-all.ts";
import { onlyInlineRights } from "./only-inline-rights.ts";
import { openDocNameHonoured } from "./open-doc-name-honoured.ts";
import { orBindsFirst } from "./or-binds-first.ts";
import { orOfActions } from "./or-of-actions.ts";
import { originUnchecked } from "./origin-unchecked.ts";
import { patternUnanchored } from "./pattern-unanchored.ts";
import { pssAccepted } from "./pss-accepted.ts";
import { publishedIgnored } from "./published-ignored.ts";
import { qualifyIgnored } from "./qualify-ignored.ts";
import { reductionByAnyCase } from "./reduction-by-any-case.ts";
import { rightsCopyHidden } from "./rights-copy-hidden.ts";
import { rightsShownAsData } from "./rights-shown-as-data.ts";
import { rowOrMatching } from "./row-or-matching.ts";
import { rowsApplyToEverybody } from "./rows-apply-to-everybody.ts";
import { schedulerAlwaysIn } from "./scheduler-always-in.ts";
import { scriptAtOnce } from "./script-at-once.ts";
import { scriptEditedByAnyone } from "./script-edited-by-anyone.ts";
import { sectionAccessIgnored } from "./section-access-ignored.ts";
import { sessionHandedOn } from "./session-handed-on.ts";
import { staleAttributes } from "./stale-attributes.ts";
import { starListsOwnRows } from "./star-lists-own-rows.ts";
import { starMeansEverything } from "./star-means-everything.ts";
import { starNeedsDeclaring } from "./star-needs-declaring.ts";
import { strictEqualLoose } from "./strict-equal-loose.ts";
import { strictExclusionEverywhere } from "./strict-exclusion-everywhere.ts";
import { strictExclusionOff } from "./strict-exclusion-off.ts";
import { syntheticKeyBySingleField } from "./synthetic-key-by-single-field.ts";
import { systemFieldsNeverReduce } from "./system-fields-never-reduce.ts";
import { systemStarListedOnly } from "./system-star-listed-only.ts";
import { unlinkedProxyServes } from "./unlinked-proxy-serves.ts";
import { unmappedClaimsShown } from "./unmapped-claims-shown.ts";
import { unreadableAppOpens } from "./unreadable-app-opens.ts";
import { unsignedPayloadTrusted } from "./unsigned-payload-trusted.ts";
import { upperKeepsNumbers } from "./upper-keeps-numbers.ts";
import { userBlankSeesAll } from "./user-blank-sees-all.ts";
import { userMixed } from "./user-mixed.ts";
import { valuesAndByRow } from "./values-and-by-row.ts";
import { valuesAsWritten } from "./values-as-written.ts";
import { variablesNotExpanded } from "./variables-not-expanded.ts";
import { whereIgnored } from "./where-ignored.ts";
import { xrfkeyUnchecked } from "./xrfkey-unchecked.ts";

export const defects: readonly Defect[] = [
  adminBlankRefused,
  adminOnEveryServer,
  adminStrict,
  adminUnreduced,
  algNoneAccepted,
  allMeansStar,
  allRulesMustAgree,
  anonymousIsUser,
  anyAbsentValueRefuses,
  anySerial,
  audienceIgnored,
  autogenerateOneShort,
  blanksKept,
  blockedUserEnters,
  cacheIgnoresUser,
  caseSensitiveIdentity,
  categoryIgnored,
  claimNamesIgnoreCase,
  clientHeaderIdentity,
  concatenateIgnored,
  contextAlwaysQmc,
  contextAttributeFixed,
  contextIgnored,
  cookieOfOtherProxy,
  cookieWinsOverToken,
  countsUnreduced,
  creatorNotOwner,
  csrfUnchecked,
  customPropertyFirstOnly,
  defaultUserForEveryone,
  delimiterIgnored,
  directoryFromTokenIgnored,
  directoryIgnored,
  disabledRuleGrants,
  distinctIgnored,
  dropAndRenameIgnored,
  duplicatesMerged,
  emailMatches,
  embeddedKeyAccepted,
  emptyAppForRefused,
  emptyCellIsNull,
  environmentFromDirectory,
  equalCaseSensitive,
  equalKnowsWildcards,
  exitIgnored,
  expiredAccepted,
  fieldCaseIgnored,
  filterIdIgnored,
  filterPrefixTooWide,
  firstAccessTableOnly,
  firstPartnerOnly,
  firstRowOnly,
  firstRuleDecides,
  fixation,
  foreignKeyAccepted,
  groupFirstOnly,
  groupIgnored,
  groupsUnmapped,
  hasPrivilegeAnyAction,
  hmacAccepted,
  idCutAtSeparator,
  identityByPrefix,
  islandReduced,
  joinIgnored,
  labelsIgnored,
  letIsSet,
  levelIgnored,
  likeUnanchored,
  listClaimFirstOnly,
  listsEveryApp,
  loosenedTableReduced,
  mapNotApplied,
  mixedCaseDataMatches,
  noDataRefused,
  noDataToAnyone,
  noPropagation,
  nodelessProxyServes,
  notBeforeIgnored,
  ntnameWithoutGroups,
  nullKept,
  nullsLink,
  numberLost,
  numbersAsText,
  omitExactCase,
  omitFirstOnly,
  omitIgnored,
  omitStarHidesAll,
  onlyInlineRights,
  openDocNameHonoured,
  orBindsFirst,
  orOfActions,
  originUnchecked,
  patternUnanchored,
  pssAccepted,
  publishedIgnored,
  qualifyIgnored,
  reductionByAnyCase,
  rightsCopyHidden,
  rightsShownAsData,
  rowOrMatching,
  rowsApplyToEverybody,
  schedulerAlwaysIn,
  scriptAtOnce,
  scriptEditedByAnyone,
  sectionAccessIgnored,
  sessionHandedOn,
  staleAttributes,
  starListsOwnRows,
  starMeansEverything,
  starNeedsDeclaring,
  strictEqualLoose,
  strictExclusionEverywhere,
  strictExclusionOff,
  syntheticKeyBySingleField,
  systemFieldsNeverReduce,
  systemStarListedOnly,
  unlinkedProxyServes,
  unmappedClaimsShown,
  unreadableAppOpens,
  unsignedPayloadTrusted,
  upperKeepsNumbers,
  userBlankSeesAll,
  userMixed,
  valuesAndByRow,
  valuesAsWritten,
  variablesNotExpanded,
  whereIgnored,
  xrfkeyUnchecked,
];
