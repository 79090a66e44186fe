/** Parsers of the run record (`run.json`) and its companion (`run.meta.json`). */
import { z } from "zod";
import type {
  AreaHeadline,
  CampaignSummary,
  CaseSummary,
  DecisionMatrix,
  Finding,
  ReductionPicture,
  RequirementStanding,
  RunMeta,
  RunRecord,
} from "./run.ts";
import { caseParser, expectedParser, probeParser, standingParser } from "./case-parsers.ts";
import { outcomeParser } from "./outcome-parsers.ts";
import { areaParser, levelParser, requirementIdParser } from "./site-parsers.ts";
import { count, flag, mapOf, text, texts, whole } from "./shape.ts";
import type { Shape } from "./shape.ts";
import type { Standing, Verdict } from "./types.ts";

const results = [
  "pass",
  "acceptable",
  "fail",
  "observed",
  "inapplicable",
  "inconclusive",
  "harness-error",
] as const satisfies readonly Verdict["result"][];

const resultParser: z.ZodType<Verdict["result"]> = z.enum(results);

const standingRowParser: z.ZodType<RequirementStanding> = z.strictObject({
  id: requirementIdParser,
  area: areaParser,
  level: levelParser,
  title: text,
  standing: standingParser,
  asks: z.partialRecord(z.enum(results), count),
  provenBy: z.strictObject({ case: text, ask: text, contrast: text }).exactOptional(),
  why: text.exactOptional(),
} satisfies Shape<RequirementStanding>);

const findingParser: z.ZodType<Finding> = z.strictObject({
  key: text,
  result: z.enum(["fail", "observed"]),
  case: text,
  ask: text,
  title: text,
  requirements: z.array(requirementIdParser),
  probe: probeParser,
  expected: expectedParser,
  observed: outcomeParser,
  difference: text,
  minimal: caseParser.exactOptional(),
  masked: z.literal(true).exactOptional(),
  file: text,
} satisfies Shape<Finding>);

const caseSummaryParser: z.ZodType<CaseSummary> = z.strictObject({
  case: text,
  title: text,
  group: text,
  verdicts: z.array(z.strictObject({ ask: text, result: resultParser, detail: text.exactOptional() })),
} satisfies Shape<CaseSummary>);

const matrixParser: z.ZodType<DecisionMatrix> = z.strictObject({
  case: text,
  title: text,
  users: texts,
  rows: z.array(
    z.strictObject({
      resource: text,
      context: text,
      cells: z.array(z.strictObject({ expected: text, observed: text })),
    }),
  ),
} satisfies Shape<DecisionMatrix>);

const pictureParser: z.ZodType<ReductionPicture> = z.strictObject({
  case: text,
  ask: text,
  user: text,
  app: text,
  access: z.enum(["granted", "denied"]),
  tables: z.array(
    z.strictObject({
      name: text,
      fields: z.array(z.strictObject({ name: text, visible: flag })),
      rows: z.array(z.strictObject({ cells: texts, visible: flag })),
    }),
  ),
  verdict: resultParser,
} satisfies Shape<ReductionPicture>);

const campaignParser: z.ZodType<CampaignSummary> = z.strictObject({
  campaign: text,
  area: areaParser,
  cases: count,
  asks: count,
  spread: mapOf(z.number()),
  hash: text,
} satisfies Shape<CampaignSummary>);

const headlineParser: z.ZodType<AreaHeadline> = z.strictObject({
  area: areaParser,
  standings: z.strictObject({
    proven: count,
    broken: count,
    unproven: count,
    observed: count,
    inapplicable: count,
    inconclusive: count,
    excluded: count,
  } satisfies Shape<{ [standing in Standing]: number }>),
  controls: z.enum(["passed", "failed", "not-run"]),
} satisfies Shape<AreaHeadline>);

export const runRecordParser: z.ZodType<RunRecord> = z.strictObject({
  format: z.literal(1),
  product: text,
  target: text,
  dialect: text,
  dialectDeclared: flag,
  defect: text.exactOptional(),
  suites: z.array(areaParser),
  seed: whole,
  casesPerCampaign: count,
  strict: flag,
  exitCode: z.union([z.literal(0), z.literal(1), z.literal(3), z.literal(4)]),
  conclusion: text,
  totals: z.record(z.enum(results), count),
  headline: z.array(headlineParser),
  requirements: z.array(standingRowParser),
  findings: z.array(findingParser),
  campaigns: z.array(campaignParser),
  matrices: z.array(matrixParser),
  pictures: z.array(pictureParser),
  cases: z.array(caseSummaryParser),
} satisfies Shape<RunRecord>);

export const runMetaParser: z.ZodType<RunMeta> = z.strictObject({
  format: z.literal(1),
  startedAt: text,
  durationMs: count,
  host: text,
  node: text,
  groups: mapOf(z.number()),
  notes: texts,
} satisfies Shape<RunMeta>);
