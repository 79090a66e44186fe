/**
 * What documentation leaves open or changed between releases, as one record of switches. Profile names stand only here;
 * evaluators read switches. Each switch names the requirement whose sources conflict.
 */
import { ConformanceError } from "../contract/errors.ts";
import type { RequirementId } from "../contract/types.ts";

export interface Dialect {
  /** System fields of one row: all must match, or one is enough. */
  readonly rowMatch: "and" | "or";
  /** ADMIN is reduced by its listed values like USER (false: ADMIN always sees everything). */
  readonly adminReduced: boolean;
  /** ADMIN whose values match nothing. */
  readonly adminNoMatch: "all" | "deny";
  /** Whether a level ADMIN exists at all on this target (a QlikView server opens with USER rights). */
  readonly adminLevel: "admin" | "user";
  /** USER whose reducing cells are all blank. */
  readonly userBlank: "deny" | "all";
  /** ADMIN with one blank row and one valued row: the values count, or the blank opens everything. */
  readonly adminBlankBesideValue: "values" | "all";
  /** USER with no matching value is refused (strict exclusion). */
  readonly strict: boolean;
  /** With several reducing fields: each must match, or one is enough. */
  readonly strictScope: "perField" | "overall";
  /** Each field matches but no row is left. */
  readonly emptyResult: "open" | "deny";
  /** Values in section access are upper-cased always, or only those loaded inline. */
  readonly saUpper: "all" | "inlineOnly";
  /** Section-access value against data value. */
  readonly valueMatch: "exactUpper" | "caseInsensitive";
  /** Section-access field name against app field name. */
  readonly reductionNameMatch: "exactUpper" | "caseInsensitive";
  /** OMIT value against app field name. */
  readonly omitNameMatch: "caseInsensitive" | "exact";
  /** Whether `*` and `?` inside an OMIT name are a pattern. */
  readonly omitPattern: "literal" | "glob";
  /** `*` in ACCESS. */
  readonly accessStar: "invalid" | "admin";
  /** A text `1` links to the number 1. */
  readonly textNumberMatch: boolean;
  /** A system-field name that is also an app field reduces. */
  readonly systemFieldsReduce: boolean;
  /** USER.EMAIL only matches `*`, compares with the e-mail, or is no system field. */
  readonly userEmail: "wildcardOnly" | "email" | "ordinary";
  /** SERIAL is judged: `QLIKSENSE` or `*`, a licence number no user carries or `*`; or it is no system field. */
  readonly serial: "qliksense" | "licence" | "ignored";
  /** GROUP is a system field, or a field like any other (groups then go in NTNAME). */
  readonly groupColumn: "system" | "ordinary";
  /** USERID matches the user id without its directory as well. */
  readonly bareUserId: boolean;
  /** Which columns section access must have beside ACCESS: any, or USERID or USER.EMAIL, else it lets nobody in. */
  readonly identityColumns: "any" | "userRequired";
  /** Level of a user to whom both an ADMIN and a USER row apply. */
  readonly mixedLevels: "admin" | "user";
  /** `*` lists the values of its own table, or of the field over all section-access tables. */
  readonly starScope: "table" | "field";
  /** What is a star after `STAR IS` with another symbol: `*` still, that symbol in its place, or both. */
  readonly starSymbol: "asterisk" | "declared" | "both";
  /** A star is one from any source, or only where it was loaded inline; elsewhere it is a text. */
  readonly starSource: "any" | "inlineOnly";
  /** `*` in a reducing field where nothing is listed: no value at all, or no restriction. */
  readonly loneStar: "nothing" | "everything";
  /** A blank reduction cell never matches, or it is the value `""` where the data hold an empty text. */
  readonly emptyText: "nothing" | "value";
  /** `*` in OMIT names what is listed anywhere, or only what the rows before it list. */
  readonly omitStar: "anywhere" | "previously";
  /** An omitted field that links tables still links them for the user. */
  readonly omittedKey: "links" | "cut";
  /** An omitted reducing field reduces first, or reduces nothing. */
  readonly omittedReducing: "reduces" | "ignored";
  /** A blank system cell matches nobody, or anybody. */
  readonly blankIdentity: "nobody" | "anybody";
  /** Section access applies only to published apps. */
  readonly publishedRequired: boolean;
  /** A reload puts changed section access into effect. */
  readonly reloadApplies: boolean;
  /** Where the GROUP column gets a user's groups from. */
  readonly groupSource: "directory" | "session" | "union";
  /** `matches` compares with or without letter case. */
  readonly matchesCase: "insensitive" | "sensitive";
  /** `!=` on several values: some value differs, or none is equal. */
  readonly notEqualOnLists: "someDiffers" | "noneEqual";
  /** `!=` on a missing value. */
  readonly notEqualOnMissing: boolean;
  /** Rule names of types in resource filters compare with or without letter case. */
  readonly filterCase: "insensitive" | "sensitive";
  /** A backslash inside a literal stands for itself, or takes the meaning from the quote or backslash behind it. */
  readonly literalEscapes: "none" | "backslash";
  /** `==` and `!==` regard letter case, as their text says, or do not, as one of its samples has it. */
  readonly strictCase: "sensitive" | "insensitive";
  /** An owner or a stream beside a text: never equal, or equal by its name (a user by his id as well). */
  readonly objectAsText: "never" | "byName";
  /** `?` in `like` stands for itself, or for any one character. */
  readonly likeQuestionMark: "literal" | "oneCharacter";
  /** What binds tighter in conditions. */
  readonly precedence: "andFirst" | "orFirst";
  /** Attributes of a session are stored and become `user.<name>`. */
  readonly sessionAttributesPersist: boolean;
  /** A token on a request with a live cookie is validated all the same. */
  readonly tokenBesideCookie: "validated" | "ignored";
  /** `[CORP]` in the directory setting names the directory itself. */
  readonly staticDirectory: boolean;
  /** A configured audience must equal the token's `aud`. */
  readonly audience: "checked" | "ignored";
  /** A Bearer header on the WebSocket upgrade logs in. */
  readonly bearerOnUpgrade: boolean;
  /** The WebSocket upgrade needs a CSRF token. */
  readonly csrfOnUpgrade: boolean;
}

export type DialectSwitch = keyof Dialect;

export type DialectName =
  | "documented"
  | "cloud"
  | "cm-2021"
  | "cm-2018"
  | "cm-1.1"
  | "qlikview-desktop"
  | "qlikview-server";

/** The documented reading of a current client-managed release: every default. */
export const documentedDialect: Dialect = {
  rowMatch: "and",
  adminReduced: true,
  adminNoMatch: "all",
  adminLevel: "admin",
  userBlank: "deny",
  adminBlankBesideValue: "values",
  strict: true,
  strictScope: "perField",
  emptyResult: "open",
  saUpper: "all",
  valueMatch: "exactUpper",
  reductionNameMatch: "exactUpper",
  omitNameMatch: "caseInsensitive",
  omitPattern: "literal",
  accessStar: "invalid",
  textNumberMatch: false,
  systemFieldsReduce: true,
  userEmail: "wildcardOnly",
  serial: "qliksense",
  groupColumn: "system",
  bareUserId: false,
  identityColumns: "any",
  mixedLevels: "admin",
  starScope: "table",
  starSymbol: "asterisk",
  starSource: "any",
  loneStar: "nothing",
  emptyText: "nothing",
  omitStar: "anywhere",
  omittedKey: "links",
  omittedReducing: "reduces",
  blankIdentity: "nobody",
  publishedRequired: false,
  reloadApplies: true,
  groupSource: "union",
  matchesCase: "insensitive",
  notEqualOnLists: "someDiffers",
  notEqualOnMissing: true,
  filterCase: "insensitive",
  literalEscapes: "none",
  strictCase: "sensitive",
  objectAsText: "never",
  likeQuestionMark: "literal",
  precedence: "andFirst",
  sessionAttributesPersist: false,
  tokenBesideCookie: "validated",
  staticDirectory: true,
  audience: "checked",
  bearerOnUpgrade: false,
  csrfOnUpgrade: true,
};

/** What each release reads otherwise than `documented`; the catalogue's table of releases is held against it. */
const profiles: { readonly [name in DialectName]: Partial<Dialect> } = {
  documented: {},
  // USERID holds the whole subject of the identity provider, which knows no user directory; SERIAL is not there.
  cloud: { userEmail: "email", serial: "ignored", bareUserId: true },
  // May 2021 to August 2024: before the socket's CSRF token (IM-072), when a bearer token alone opened it (IM-073).
  "cm-2021": { bearerOnUpgrade: true, csrfOnUpgrade: false },
  "cm-2018": { publishedRequired: true, reloadApplies: false, bearerOnUpgrade: true, csrfOnUpgrade: false },
  // Its identity columns are USERID, NTNAME, GROUP and SERIAL.
  "cm-1.1": {
    userEmail: "ordinary",
    bearerOnUpgrade: true,
    csrfOnUpgrade: false,
    precedence: "orFirst",
    matchesCase: "sensitive",
  },
  // QlikView: strict exclusion is an option, off by default; SERIAL is the licence's, groups go in NTNAME.
  "qlikview-desktop": { strict: false, serial: "licence", groupColumn: "ordinary", userEmail: "ordinary" },
  // ADMIN whose values match nothing is refused there (SA-STR-05), which it is only where the option is on.
  "qlikview-server": { serial: "licence", groupColumn: "ordinary", userEmail: "ordinary", adminLevel: "user" },
};

export const dialectNames: readonly DialectName[] = Object.keys(profiles) as DialectName[];

/** Requirement whose sources conflict, by switch. */
export const switchRequirement: { readonly [name in DialectSwitch]: RequirementId } = {
  rowMatch: "SA-ROW-01",
  adminReduced: "SA-ACC-03",
  adminNoMatch: "SA-STR-04",
  adminLevel: "SA-STR-05",
  userBlank: "SA-STR-03",
  adminBlankBesideValue: "SA-STR-10",
  strict: "SA-STR-06",
  strictScope: "SA-STR-08",
  emptyResult: "SA-RED-10",
  saUpper: "SA-CASE-02",
  valueMatch: "SA-CASE-04",
  reductionNameMatch: "SA-RED-01",
  omitNameMatch: "SA-OMT-06",
  omitPattern: "SA-OMT-04",
  accessStar: "SA-ACC-02",
  textNumberMatch: "SA-TYPE-03",
  systemFieldsReduce: "SA-SCR-08",
  userEmail: "SA-SYS-03",
  serial: "SA-SYS-05",
  groupColumn: "SA-SYS-04",
  bareUserId: "SA-SYS-02",
  identityColumns: "SA-SYS-01",
  mixedLevels: "SA-ACC-05",
  starScope: "SA-WLD-03",
  starSymbol: "SA-WLD-07",
  starSource: "SA-WLD-07",
  loneStar: "SA-WLD-05",
  emptyText: "SA-RED-09",
  omitStar: "SA-OMT-03",
  omittedKey: "SA-OMT-09",
  omittedReducing: "SA-OMT-10",
  blankIdentity: "SA-ROW-03",
  publishedRequired: "SA-LIF-02",
  reloadApplies: "SA-LIF-02",
  groupSource: "IM-047",
  matchesCase: "SR-328",
  notEqualOnLists: "SR-344",
  notEqualOnMissing: "SR-347",
  filterCase: "SR-213",
  literalEscapes: "SR-308",
  strictCase: "SR-322",
  objectAsText: "SR-334",
  likeQuestionMark: "SR-327",
  precedence: "SR-301",
  sessionAttributesPersist: "IM-049",
  tokenBesideCookie: "IM-041",
  staticDirectory: "IM-035",
  audience: "IM-038",
  bearerOnUpgrade: "IM-073",
  csrfOnUpgrade: "IM-072",
};

function isDialectName(name: string): name is DialectName {
  return Object.hasOwn(profiles, name);
}

/** The full record of a named dialect. Throws `usage` for a name that does not exist. */
export function dialectOf(name: string): Dialect {
  if (!isDialectName(name)) {
    throw new ConformanceError("usage", `unknown dialect ${JSON.stringify(name)}`, {
      expected: `one of ${dialectNames.join(", ")}`,
    });
  }
  return { ...documentedDialect, ...profiles[name] };
}

export const defaultDialect: DialectName = "documented";
