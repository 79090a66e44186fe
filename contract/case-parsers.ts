/**
 * Parsers of cases, outcomes and verdicts. Nothing is stripped: an Entity keeps unknown fields, everywhere else an
 * unknown key is refused. Annotated with the type they give, so that drift is a compile error both ways (see `Shape`).
 */
import { z } from "zod";
import type {
  Ask,
  Capability,
  Case,
  Credential,
  Expected,
  FailureCode,
  JwtAttack,
  Origin,
  Outcome,
  Probe,
  Reason,
  RequestContext,
  ResourceRef,
  Standing,
  Step,
  Surface,
  Value,
  Verdict,
  ViewTable,
} from "./types.ts";
import { entityParser, principalParser, requirementIdParser, siteParser } from "./site-parsers.ts";
import { flag, json, mapOf, text, texts, whole } from "./shape.ts";
import type { Shape } from "./shape.ts";

type Kind<T extends { readonly kind: string }, K extends T["kind"]> = Extract<T, { readonly kind: K }>;

const attackParser: z.ZodType<JwtAttack> = z.enum([
  "tampered-payload",
  "stripped-signature",
  "hmac-with-certificate",
  "embedded-key",
  "truncated",
]);

const credentialParser: z.ZodType<Credential> = z
  .discriminatedUnion("by", [
    z.strictObject({
      by: z.literal("jwt"),
      header: mapOf(json),
      claims: mapOf(json),
      key: z.enum(["proxy", "foreign", "none"]),
      expiresIn: z.number().exactOptional(),
      validIn: z.number().exactOptional(),
      attack: attackParser.exactOptional(),
    } satisfies Shape<Extract<Credential, { by: "jwt" }>>),
    z.strictObject({ by: z.enum(["header", "ticket", "certificate"]), principal: principalParser }),
    z.strictObject({ by: z.literal("bytes"), authorization: text }),
    z.strictObject({ by: z.literal("nothing") }),
  ])
  .meta({ id: "Credential" });

const surfaces = ["tables", "hypercube", "list", "search", "fields", "counts", "export"] as const;
const surfaceParser: z.ZodType<Surface> = z.enum(surfaces);
const contextParser: z.ZodType<RequestContext> = z.enum(["hub", "qmc"]);

const resourceParser: z.ZodType<ResourceRef> = z.union([
  z.strictObject({ type: text, id: text }),
  z.strictObject({ type: text, wouldBe: entityParser }),
]);

const stepParser: z.ZodType<Step> = z.strictObject({ actor: text, do: text, with: mapOf(json) } satisfies Shape<Step>);

export const probeParser: z.ZodType<Probe> = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("open"),
      app: text,
      as: principalParser,
      through: surfaceParser,
      noData: z.literal(true).exactOptional(),
    } satisfies Shape<Kind<Probe, "open">>),
    z.strictObject({
      kind: z.literal("decide"),
      as: principalParser,
      resource: resourceParser,
      action: text,
      context: contextParser,
    } satisfies Shape<Kind<Probe, "decide">>),
    z.strictObject({
      kind: z.literal("login"),
      proxy: text,
      with: credentialParser,
    } satisfies Shape<Kind<Probe, "login">>),
    z.strictObject({
      kind: z.literal("impersonate"),
      datasource: text,
      user: principalParser.exactOptional(),
      app: text.exactOptional(),
    } satisfies Shape<Kind<Probe, "impersonate">>),
    z.strictObject({
      kind: z.literal("converse"),
      steps: z.array(stepParser),
    } satisfies Shape<Kind<Probe, "converse">>),
  ])
  .meta({ id: "Probe" });

const valueParser: z.ZodType<Value> = z
  .union([text, z.number(), z.null(), z.strictObject({ n: z.number(), t: text })])
  .meta({ id: "Value" });

const viewTableParser: z.ZodType<ViewTable> = z.strictObject({
  name: text,
  fields: texts,
  rows: z.array(z.array(valueParser)),
} satisfies Shape<ViewTable>);

const failures = [
  "unreachable",
  "timed-out",
  "malformed",
  "unlicensed",
  "not-found",
  "budget-spent",
  "truncated",
] as const satisfies readonly FailureCode[];

export const outcomeParser: z.ZodType<Outcome> = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("view"),
      fields: texts,
      tables: z.array(viewTableParser),
    } satisfies Shape<Kind<Outcome, "view">>),
    z.strictObject({ kind: z.literal("measure"), values: mapOf(valueParser) } satisfies Shape<
      Kind<Outcome, "measure">
    >),
    z.strictObject({ kind: z.literal("without-data") }),
    z.strictObject({
      kind: z.literal("refused"),
      by: z.enum(["proxy", "repository", "engine"]),
      code: whole,
    } satisfies Shape<Kind<Outcome, "refused">>),
    z.strictObject({
      kind: z.literal("decision"),
      allowed: flag,
      broken: texts,
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
      code: z.enum(failures),
      detail: text,
    } satisfies Shape<Kind<Outcome, "undetermined">>),
  ])
  .meta({ id: "Outcome" });

const reasonParser: z.ZodType<Reason> = z.strictObject({
  requirement: requirementIdParser,
  evidence: text,
} satisfies Shape<Reason>);

export const expectedParser: z.ZodType<Expected> = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("known"),
      because: z.array(reasonParser),
      outcome: outcomeParser,
      alsoAcceptable: z.array(outcomeParser).exactOptional(),
    } satisfies Shape<Kind<Expected, "known">>),
    z.strictObject({
      kind: z.literal("relation"),
      because: z.array(reasonParser),
      to: texts,
      holds: z.enum(["equal", "within", "union", "different", "consistent"]),
    } satisfies Shape<Kind<Expected, "relation">>),
  ])
  .meta({ id: "Expected" });

export const askParser: z.ZodType<Ask> = z
  .strictObject({
    id: text,
    at: text.exactOptional(),
    probe: probeParser,
    expected: expectedParser,
    proves: z.array(requirementIdParser),
    contrast: text.exactOptional(),
  } satisfies Shape<Ask>)
  .meta({ id: "Ask" });

const capabilityParser: z.ZodType<Capability> = z.enum([
  "deploy",
  "reload",
  "groups",
  "audit",
  "proxies",
  "wire",
  "browser",
  "destructive",
  ...surfaces.map((surface) => `surface:${surface}` as const),
]);

const originParser: z.ZodType<Origin> = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("golden"), source: text } satisfies Shape<Kind<Origin, "golden">>),
  z.strictObject({
    kind: z.literal("generated"),
    campaign: text,
    version: whole,
    seed: whole,
    index: whole,
  } satisfies Shape<Kind<Origin, "generated">>),
  z.strictObject({ kind: z.literal("shrunk"), from: text } satisfies Shape<Kind<Origin, "shrunk">>),
  z.strictObject({ kind: z.literal("site") }),
]);

export const caseParser: z.ZodType<Case> = z
  .strictObject({
    id: text,
    title: text,
    dialect: text,
    needs: z.array(capabilityParser),
    sites: z.object({ main: siteParser }).catchall(siteParser),
    asks: z.tuple([askParser]).rest(askParser),
    origin: originParser,
  } satisfies Shape<Case>)
  .meta({ id: "Case" });

export const standingParser: z.ZodType<Standing> = z.enum([
  "proven",
  "broken",
  "unproven",
  "observed",
  "inapplicable",
  "inconclusive",
  "excluded",
]);

const judged = { case: text, ask: text, requirements: z.array(requirementIdParser) };

export const verdictParser: z.ZodType<Verdict> = z.discriminatedUnion("result", [
  z.strictObject({ ...judged, result: z.enum(["pass", "acceptable"]) }),
  z.strictObject({
    ...judged,
    result: z.enum(["fail", "observed"]),
    expected: expectedParser,
    observed: outcomeParser,
    difference: text,
  } satisfies Shape<Extract<Verdict, { difference: string }>>),
  z.strictObject({
    ...judged,
    result: z.literal("inapplicable"),
    missing: z.union([capabilityParser, z.literal("ambient-decides")]),
  }),
  z.strictObject({
    ...judged,
    result: z.literal("inconclusive"),
    code: z.enum([...failures, "uncontrolled"]),
    detail: text,
  }),
  z.strictObject({ ...judged, result: z.literal("harness-error"), detail: text }),
]);
