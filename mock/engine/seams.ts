/** Seams of the engine: the functions and SQL fragments a defect may replace. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, Value, ViewTable } from "../../contract/types.ts";
import { reload } from "../../reload/index.ts";
import type { Reload } from "../../reload/model.ts";
import type { Fields } from "../fields.ts";
import type { Identity } from "../identity.ts";
import type { RepositoryPort } from "../ports.ts";
import { identityNames, type IdentityNames } from "./reduction/identity.ts";
import { borderSymbol } from "./reduction/symbol.ts";
import { capitals } from "./reduction/letters.ts";

/** May this user do it to the app of this id? */
export type AppRight = (repository: RepositoryPort, who: Identity, appId: string) => boolean;

export interface EngineSeams {
  /** Names a user answers to in the identity fields of section access. */
  readonly identityNames: (who: Principal, dialect: Dialect) => IdentityNames;
  /** Runs a load script. */
  readonly reload: Reload;
  /** Texts that mark all values in section access; `declared` is what `STAR IS` set. */
  readonly starSymbols: (declared: string | undefined, dialect: Dialect) => readonly string[];
  /** A text of section access as it is compared. */
  readonly upperCased: (text: string) => string;
  /** A name of a user as it is compared. */
  readonly comparedName: (name: string) => string;
  /** What a symbol of section access or of the data is compared as across the border. */
  readonly borderSymbol: (symbol: string, side: "access" | "data", dialect: Dialect) => string;
  /** SQL condition over identity cell `c` and pair `p`: is it a star that means the user? */
  readonly starFits: string;
  /** SQL condition: does the cell `c` of an identity field name the user as `i.name`? */
  readonly matchIdentity: string;
  /** SQL aggregate over `hit`, the judgements on the identity cells of one row: does the row apply? */
  readonly rowApplies: (dialect: Dialect) => string;
  /** SQL condition over `m`, one of the rows in `possible` (pair, node, line): does it count among the others? */
  readonly rowCounts: string;
  /** SQL expression: the level an ACCESS cell `c` gives, NULL for none. */
  readonly levelOf: (dialect: Dialect) => string;
  /** SQL aggregate over the levels `v.level` of a user's rows: is he ADMIN? */
  readonly leads: (dialect: Dialect) => string;
  /** SQL condition: is the blank cell `c` a value of app field `l.field`? */
  readonly emptyCounts: (dialect: Dialect) => string;
  /** SQL condition: does access column `a.field` reduce app field `f`? */
  readonly reduces: (dialect: Dialect) => string;
  /** SQL query (app, node, line, name, border): the values `*` stands for in a reducing column. */
  readonly listedValues: string;
  /** SQL condition between `s`, a star cell, and `v`, a listed value: is it within the star's scope? */
  readonly starScope: (dialect: Dialect) => string;
  /** SQL expression over (level, valued, blank, matched, lacking, lone) of one reducing field: `values`, `free` or `refuse`. */
  readonly fieldFate: (dialect: Dialect) => string;
  /** SQL condition over `bool_or`s of `fate` of one user: is he refused? */
  readonly refuses: (dialect: Dialect) => string;
  /** SQL condition: does a row whose reducing field is NULL stay? */
  readonly nullStays: string;
  /** SQL condition over node `n`: does a row of a table without links stay? */
  readonly islandStays: string;
  /** SQL query (pair, line): rows excluded beside those the value sets exclude. */
  readonly alsoExcluded: string;
  /** SQL condition: may an exclusion cross edge `e`? */
  readonly crosses: string;
  /** SQL condition: does key `v` of a row that stays keep the rows it links to? */
  readonly carries: string;
  /** SQL query (app, node, line, name): the names `*` stands for in OMIT. */
  readonly listedOmits: string;
  /** SQL condition: is OMIT cell `c` of an applying row heeded? */
  readonly heedsOmit: string;
  /** SQL condition: does OMIT name `o.name` hide app field `f`? */
  readonly omits: (dialect: Dialect) => string;
  /** Which of the fields two tables share make their synthetic key. */
  readonly syntheticKeyFields: (shared: readonly string[]) => readonly string[];
  /** Rows of a table as the user gets them, of those that stay. */
  readonly servedRows: (rows: readonly (readonly Value[])[]) => readonly (readonly Value[])[];
  /** Tables whose rows and values are counted for the user: the ones he sees. */
  readonly countedTables: (seen: readonly ViewTable[], whole: readonly ViewTable[]) => readonly ViewTable[];
  /** Tables of an app exported by one who sees some of them. */
  readonly exportedTables: (seen: readonly ViewTable[], whole: readonly ViewTable[]) => readonly ViewTable[];
  /** What a user's selection in some fields leaves of his tables. */
  readonly shownUnderSelection: (
    left: readonly ViewTable[],
    seen: readonly ViewTable[],
    fields: readonly string[],
  ) => readonly ViewTable[];
  /** Tables an expression with `{1}` is taken over. */
  readonly clearedTables: (counted: readonly ViewTable[], whole: readonly ViewTable[]) => readonly ViewTable[];
  /** What a layout says of a dimension whose field is not there. */
  readonly columnError: (field: string) => Fields;
  /** Whether the engine knows the method; those without a handler it never does. */
  readonly knowsMethod: (method: string) => boolean;
  /** On whose behalf an app is opened; `qUserName` is what the client wrote into OpenDoc. */
  readonly openedAs: (who: Principal, qUserName: string) => Principal;
  readonly listsApp: AppRight;
  readonly mayOpen: AppRight;
  readonly mayOpenWithoutData: AppRight;
  readonly mayEditScript: AppRight;
  /** Whether a new script takes effect without a reload. */
  readonly scriptAppliesAtOnce: boolean;
  /** Whether somebody whom the rights he loaded refuse is told so. */
  readonly tellsLockout: boolean;
  /** What an app says of its section access, given whether it has one. */
  readonly saysSectionAccess: (has: boolean) => boolean;
  /** Who a reload task opens the app as, given who started it. */
  readonly taskRunsAs: (starter: Identity) => Identity;
  /** A frame of the client as it is read; `{}` for what is no request (EN-010). */
  readonly request: (request: Fields) => Fields;
  /** The answer as it is sent, to the request as it came (EN-003 … EN-015). */
  readonly answer: (request: Fields, answer: Fields) => Fields;
  /** A notification a new socket gets (EN-005). */
  readonly greeting: (greeting: Fields) => Fields;
  /** Key under which a reduction is kept; `version` counts the reloads of the app. */
  readonly reductionKey: (appId: string, version: number, who: Principal) => string;
}

/** The engine as documented. */
export const engineSeams: EngineSeams = {
  identityNames,
  reload,
  starSymbols,
  upperCased: capitals, // SA-CASE-01
  comparedName: capitals, // SA-SYS-08
  borderSymbol: (symbol, _side, dialect) => borderSymbol(symbol, dialect), // SA-CASE-04, SA-TYPE-01
  starFits: "c.star", // SA-WLD-01
  // SA-SYS-08: identities are compared as upper-cased with the value as section access holds it.
  matchIdentity: "i.name = c.text",
  // SA-ROW-01: all identity cells of a row, or one of them.
  rowApplies: (dialect) => (dialect.rowMatch === "and" ? "bool_and(hit)" : "bool_or(hit)"),
  rowCounts: "TRUE", // SA-ROW-04: all add up
  levelOf,
  // SA-ACC-05: of both levels one holds.
  leads: (dialect) => (dialect.mixedLevels === "admin" ? "bool_or(v.level = 'ADMIN')" : "bool_and(v.level = 'ADMIN')"),
  // SA-RED-09: `""` is a value only where the data hold the empty text.
  emptyCounts: (dialect) =>
    dialect.emptyText === "nothing"
      ? "FALSE"
      : "c.empty AND EXISTS (SELECT 1 FROM app_symbol d WHERE d.field = l.field AND d.symbol = 'T:')",
  reduces: (dialect) =>
    // SA-RED-01: names link as they stand in upper case.
    dialect.reductionNameMatch === "exactUpper" ? "f.name = a.field" : "f.upper_name = upper(a.field)",
  // SA-WLD-02, SA-WLD-04: listed by anyone, also in rows that apply to nobody.
  listedValues: "SELECT app, node, line, field AS name, border FROM access_cell WHERE NOT star AND NOT blank",
  starScope: (dialect) => (dialect.starScope === "table" ? "v.node = s.node" : "TRUE"),
  fieldFate,
  refuses: (dialect) =>
    // SA-STR-08: one field without a match refuses, or only when no field has one.
    dialect.strictScope === "perField"
      ? "bool_or(fate = 'refuse')"
      : "bool_or(fate = 'refuse') AND NOT bool_or(fate <> 'refuse')",
  nullStays: "FALSE", // SA-RED-08
  islandStays: "TRUE", // SA-PRP-03
  alsoExcluded: "SELECT NULL::INTEGER AS pair, NULL::INTEGER AS line WHERE FALSE",
  crosses: "TRUE", // SA-PRP-01
  carries: "TRUE", // SA-PRP-09: one possible partner is enough
  // SA-OMT-03: names listed by anyone
  listedOmits: "SELECT app, node, line, text AS name FROM access_cell WHERE field = 'OMIT' AND NOT blank AND NOT star",
  heedsOmit: "TRUE", // SA-OMT-02: several rows add up
  omits,
  syntheticKeyFields: (shared) => shared, // SA-PRP-06
  servedRows: (rows) => rows, // SA-PRP-10: duplicates keep their multiplicity
  countedTables: (seen) => seen, // EN-041, SA-RED-13
  exportedTables: (seen) => seen, // SA-ENV-03
  shownUnderSelection: (left) => left, // SA-SCR-09
  clearedTables: (counted) => counted, // SA-RED-13
  columnError: (field) => ({ qErrorCode: 7000, qContext: field, qExtendedMessage: "" }), // EN-045
  knowsMethod: () => true, // EN-033
  openedAs: (who) => who, // EN-031: names in OpenDoc are leftovers
  listsApp: (repository, who, id) => repository.may(who, "read", "App", id, "hub"), // EN-032
  mayOpen: (repository, who, id) => repository.may(who, "read", "App", id, "hub"), // EN-020
  mayOpenWithoutData: mayUpdate, // EN-030
  mayEditScript: mayUpdate, // EN-034
  scriptAppliesAtOnce: false, // SA-SCR-10
  request: (request) => request,
  answer: (_request, answer) => answer,
  greeting: (greeting) => greeting,
  tellsLockout: true, // SA-LIF-03
  saysSectionAccess: (has) => has, // SA-LIF-07
  taskRunsAs: (starter) => ({ ...starter, directory: "INTERNAL", id: "sa_scheduler", session: {} }), // EN-035, SA-LIF-01
  reductionKey: (appId, version, who) => JSON.stringify([appId, version, who]), // EN-002, SA-RED-12
};

function mayUpdate(repository: RepositoryPort, who: Identity, appId: string): boolean {
  return repository.may(who, "update", "App", appId, "hub");
}

/** SA-WLD-07. */
function starSymbols(declared: string | undefined, dialect: Dialect): readonly string[] {
  const other = declared ?? "*";
  return { asterisk: ["*"], declared: [other], both: ["*", other] }[dialect.starSymbol];
}

/** SA-ACC-01, SA-ACC-02, SA-STR-05. */
function levelOf(dialect: Dialect): string {
  const admin = dialect.adminLevel === "admin" ? "'ADMIN'" : "'USER'";
  const star = dialect.accessStar === "admin" ? admin : "NULL";
  return `CASE WHEN c.star THEN ${star} WHEN c.text = 'ADMIN' THEN ${admin} WHEN c.text = 'USER' THEN 'USER' END`;
}

/** The decision table for one linked reducing field (SA section 8). */
function fieldFate(dialect: Dialect): string {
  return `CASE
    ${when(!dialect.adminReduced, "level = 'ADMIN' THEN 'free'")}
    ${when(dialect.loneStar === "everything", "lone THEN 'free'")}
    ${when(dialect.adminBlankBesideValue === "all", "level = 'ADMIN' AND blank THEN 'free'")}
    WHEN matched THEN 'values'
    WHEN level = 'ADMIN' AND NOT valued THEN 'free'
    WHEN level = 'ADMIN' THEN ${dialect.adminNoMatch === "all" ? "'free'" : "'refuse'"}
    ${when(dialect.userBlank === "all", "NOT valued THEN 'free'")}
    ELSE ${dialect.strict ? "'refuse'" : "'free'"} END`;
}

function when(applies: boolean, arm: string): string {
  return applies ? `WHEN ${arm}` : "";
}

/** SA-OMT-04, SA-OMT-06. */
function omits(dialect: Dialect): string {
  const field = dialect.omitNameMatch === "exact" ? "f.name" : "f.upper_name";
  const name = dialect.omitNameMatch === "exact" ? "o.name" : "upper(o.name)";
  return dialect.omitPattern === "literal" ? `${field} = ${name}` : `${field} LIKE ${likePattern(name)} ESCAPE '\\'`;
}

function likePattern(name: string): string {
  const escaped = ["\\", "%", "_"].reduce((sql, sign) => `replace(${sql}, '${sign}', '\\${sign}')`, name);
  return `replace(replace(${escaped}, '*', '%'), '?', '_')`;
}
