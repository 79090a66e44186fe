/** Parsers of answers: values, tables and outcomes. */
import { z } from "zod";
import type { FailureCode, Outcome, Value, ViewTable } from "./types.ts";
import { flag, json, mapOf, oneOf, text, texts, whole } from "./shape.ts";
import type { Covers, Kind, Shape } from "./shape.ts";

const valueParser: z.ZodType<Value> = z
  .union([text, z.number(), z.null(), z.strictObject({ n: z.number(), t: text })])
  .meta({ id: "Value" });

const viewTableParser: z.ZodType<ViewTable> = z.strictObject({
  name: text,
  fields: texts,
  rows: z.array(z.array(valueParser)),
} satisfies Shape<ViewTable>);

export const failureParser: z.ZodType<FailureCode> = oneOf<FailureCode>({
  unreachable: true,
  "timed-out": true,
  malformed: true,
  unlicensed: true,
  "not-found": true,
  "budget-spent": true,
  truncated: true,
});

const outcomeUnion = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("view"),
    fields: texts,
    tables: z.array(viewTableParser),
  } satisfies Shape<Kind<Outcome, "view">>),
  z.strictObject({ kind: z.literal("measure"), values: mapOf(valueParser) } satisfies Shape<Kind<Outcome, "measure">>),
  z.strictObject({ kind: z.literal("without-data") }),
  z.strictObject({
    kind: z.literal("refused"),
    by: oneOf<Kind<Outcome, "refused">["by"]>({ proxy: true, repository: true, engine: true }),
    code: whole,
  } satisfies Shape<Kind<Outcome, "refused">>),
  z.strictObject({
    kind: z.literal("decision"),
    allowed: flag,
    broken: texts.exactOptional(),
  } satisfies Shape<Kind<Outcome, "decision">>),
  z.strictObject({
    kind: z.literal("session"),
    directory: text,
    id: text,
    sets: mapOf(json),
  } satisfies Shape<Kind<Outcome, "session">>),
  z.strictObject({
    kind: z.literal("transcript"),
    of: z.array(z.lazy((): z.ZodType<Outcome> => outcomeParser)),
  } satisfies Shape<Kind<Outcome, "transcript">>),
  z.strictObject({
    kind: z.literal("undetermined"),
    code: failureParser,
    detail: text,
  } satisfies Shape<Kind<Outcome, "undetermined">>),
]);

export const outcomeParser: z.ZodType<Outcome> = (
  outcomeUnion satisfies Covers<Outcome["kind"], z.infer<typeof outcomeUnion>["kind"]>
).meta({ id: "Outcome" });
