/** Everything that reads contract data: zod parsers by value, and by text with file, line and column. */
export { askParser, caseParser, expectedParser, probeParser, verdictParser } from "./case-parsers.ts";
export { outcomeParser } from "./outcome-parsers.ts";
export { principalParser, requirementParser, siteParser } from "./site-parsers.ts";
export { runMetaParser, runRecordParser } from "./run-parsers.ts";
export { parseCase, parseRunMeta, parseRunRecord, parseSite } from "./read.ts";
export { parseJson, placeAt, placeOf } from "./json-text.ts";
