/** The readings each switch may take, the documented one first, and which switches are about what. */
import { documentedDialect, type Dialect, type DialectSwitch } from "./dialects.ts";

export type Reading = string | boolean;

type Readings = { readonly [name in DialectSwitch]: readonly [Dialect[name], ...Dialect[name][]] };

/** Every reading of every switch. */
export const readings: Readings = {
  rowMatch: ["and", "or"],
  adminReduced: [true, false],
  adminNoMatch: ["all", "deny"],
  adminLevel: ["admin", "user"],
  userBlank: ["deny", "all"],
  adminBlankBesideValue: ["values", "all"],
  strict: [true, false],
  strictScope: ["perField", "overall"],
  emptyResult: ["open", "deny"],
  saUpper: ["all", "inlineOnly"],
  valueMatch: ["exactUpper", "caseInsensitive"],
  reductionNameMatch: ["exactUpper", "caseInsensitive"],
  omitNameMatch: ["caseInsensitive", "exact"],
  omitPattern: ["literal", "glob"],
  accessStar: ["invalid", "admin"],
  textNumberMatch: [false, true],
  systemFieldsReduce: [true, false],
  userEmail: ["wildcardOnly", "email", "ordinary"],
  serial: ["qliksense", "licence", "ignored"],
  groupColumn: ["system", "ordinary"],
  bareUserId: [false, true],
  identityColumns: ["any", "userRequired"],
  mixedLevels: ["admin", "user"],
  starScope: ["table", "field"],
  starSymbol: ["asterisk", "declared", "both"],
  starSource: ["any", "inlineOnly"],
  loneStar: ["nothing", "everything"],
  emptyText: ["nothing", "value"],
  omitStar: ["anywhere", "previously"],
  omittedKey: ["links", "cut"],
  omittedReducing: ["reduces", "ignored"],
  blankIdentity: ["nobody", "anybody"],
  publishedRequired: [false, true],
  reloadApplies: [true, false],
  groupSource: ["union", "directory", "session"],
  matchesCase: ["insensitive", "sensitive"],
  notEqualOnLists: ["someDiffers", "noneEqual"],
  notEqualOnMissing: [true, false],
  filterCase: ["insensitive", "sensitive"],
  literalEscapes: ["none", "backslash"],
  strictCase: ["sensitive", "insensitive"],
  objectAsText: ["never", "byName"],
  likeQuestionMark: ["literal", "oneCharacter"],
  precedence: ["andFirst", "orFirst"],
  sessionAttributesPersist: [false, true],
  tokenBesideCookie: ["validated", "ignored"],
  staticDirectory: [true, false],
  audience: ["checked", "ignored"],
  bearerOnUpgrade: [false, true],
  csrfOnUpgrade: [true, false],
};

/** All switches, in the order of the record. */
export const switches: readonly DialectSwitch[] = Object.keys(readings) as DialectSwitch[];

/** A record with some switches set otherwise than documented. */
export function dialectWith(changes: Partial<Dialect>): Dialect {
  return { ...documentedDialect, ...changes };
}
