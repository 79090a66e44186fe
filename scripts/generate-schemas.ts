/** Writes the published JSON Schemas of the contract. `npx tsx scripts/generate-schemas.ts` */
import { writeFileSync } from "node:fs";
import { z } from "zod";
import { caseParser, outcomeParser, requirementParser, runRecordParser, siteParser } from "../contract/parsers.ts";

const published: { readonly [name: string]: { readonly title: string; readonly parser: z.ZodType } } = {
  case: { title: "A case: small sites and the asks put to them", parser: caseParser },
  site: { title: "A site: all a deployment holds that matters, as data", parser: siteParser },
  run: { title: "A run record, as in run.json", parser: runRecordParser },
  requirement: { title: "One documented behaviour", parser: requirementParser },
  outcome: { title: "The answer to a probe", parser: outcomeParser },
};

/** Schema texts by path relative to the repository's root. */
export function schemaFiles(): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(published).map(([name, { title, parser }]) => {
      const { $schema, ...schema } = z.toJSONSchema(parser, { io: "input" });
      const text = JSON.stringify({ $schema, title, ...schema }, undefined, 2);
      return [`contract/schemas/${name}.schema.json`, `${text}\n`];
    }),
  );
}

if (process.argv[1] === import.meta.filename) {
  for (const [path, text] of schemaFiles()) {
    writeFileSync(new URL(`../${path}`, import.meta.url), text);
    console.log(path);
  }
}
