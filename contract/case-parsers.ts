/**
 * Parsers of cases, probes and verdicts. Nothing is stripped: an Entity keeps unknown fields, everywhere else an
 * unknown key is refused. Annotated with the type they give, so that drift is a compile error both ways (see `Shape`).
 */
import { z } from "zod";
import type {
  Ask,
  Capability,
  Case,
  Credential,
  Expected,
  JwtAttack,
  Origin,
  Probe,
  Reason,
  RequestContext,
  ResourceRef,
  Standing,
  Step,
  Surface,
  Verdict,
} from "./types.ts";
import { failureParser, outcomeParser } from "./outcome-parsers.ts";
import { entityParser, principalParser, requirementIdParser, siteParser } from "./site-parsers.ts";
import { json, mapOf, oneOf, text, texts, whole } from "./shape.ts";
import type { Covers, Kind, Shape } from "./shape.ts";

const attackParser: z.ZodType<JwtAttack> = oneOf<JwtAttack>({
  "tampered-payload": true,
  "stripped-signature": true,
  "hmac-with-certificate": true,
  "embedded-key": true,
  truncated: true,
});

const credentialUnion = z.discriminatedUnion("by", [
  z.strictObject({
    by: z.literal("jwt"),
    header: mapOf(json),
    claims: mapOf(json),
    key: oneOf<Extract<Credential, { by: "jwt" }>["key"]>({ proxy: true, foreign: true, none: true }),
    expiresIn: z.number().exactOptional(),
    validIn: z.number().exactOptional(),
    attack: attackParser.exactOptional(),
  } satisfies Shape<Extract<Credential, { by: "jwt" }>>),
  z.strictObject({ by: z.enum(["header", "ticket", "certificate"]), principal: principalParser }),
  z.strictObject({ by: z.literal("bytes"), authorization: text }),
  z.strictObject({ by: z.literal("nothing") }),
]);

const credentialParser: z.ZodType<Credential> = (
  credentialUnion satisfies Covers<Credential["by"], z.infer<typeof credentialUnion>["by"]>
).meta({ id: "Credential" });

const surfaceParser: z.ZodType<Surface> = oneOf<Surface>({
  tables: true,
  hypercube: true,
  list: true,
  search: true,
  fields: true,
  counts: true,
  export: true,
});
const contextParser: z.ZodType<RequestContext> = oneOf<RequestContext>({ hub: true, qmc: true });

const resourceParser: z.ZodType<ResourceRef> = z.union([
  z.strictObject({ type: text, id: text }),
  z.strictObject({ type: text, wouldBe: entityParser }),
]);

const stepParser: z.ZodType<Step> = z.strictObject({ actor: text, do: text, with: mapOf(json) } satisfies Shape<Step>);

const probeUnion = z.discriminatedUnion("kind", [
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
    node: text.exactOptional(),
    context: contextParser,
    preview: text.exactOptional(),
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
]);

export const probeParser: z.ZodType<Probe> = (
  probeUnion satisfies Covers<Probe["kind"], z.infer<typeof probeUnion>["kind"]>
).meta({ id: "Probe" });

const reasonParser: z.ZodType<Reason> = z.strictObject({
  requirement: requirementIdParser,
  evidence: text,
} satisfies Shape<Reason>);

const expectedUnion = z.discriminatedUnion("kind", [
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
    holds: oneOf<Kind<Expected, "relation">["holds"]>({
      equal: true,
      within: true,
      union: true,
      different: true,
      consistent: true,
    }),
  } satisfies Shape<Kind<Expected, "relation">>),
]);

export const expectedParser: z.ZodType<Expected> = (
  expectedUnion satisfies Covers<Expected["kind"], z.infer<typeof expectedUnion>["kind"]>
).meta({ id: "Expected" });

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

const capabilityParser: z.ZodType<Capability> = oneOf<Capability>({
  deploy: true,
  reload: true,
  groups: true,
  audit: true,
  categories: true,
  proxies: true,
  "life-cycle": true,
  wire: true,
  certificate: true,
  browser: true,
  destructive: true,
  "surface:tables": true,
  "surface:hypercube": true,
  "surface:list": true,
  "surface:search": true,
  "surface:fields": true,
  "surface:counts": true,
  "surface:export": true,
});

const originUnion = z.discriminatedUnion("kind", [
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

const originParser: z.ZodType<Origin> = originUnion satisfies Covers<
  Origin["kind"],
  z.infer<typeof originUnion>["kind"]
>;

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

export const standingParser: z.ZodType<Standing> = oneOf<Standing>({
  proven: true,
  broken: true,
  unproven: true,
  observed: true,
  inapplicable: true,
  inconclusive: true,
  excluded: true,
});

const judged = { case: text, ask: text, requirements: z.array(requirementIdParser) };

const verdictUnion = z.discriminatedUnion("result", [
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
    code: z.union([failureParser, z.literal("uncontrolled")]),
    detail: text,
  }),
  z.strictObject({ ...judged, result: z.literal("harness-error"), detail: text }),
]);

export const verdictParser: z.ZodType<Verdict> = verdictUnion satisfies Covers<
  Verdict["result"],
  z.infer<typeof verdictUnion>["result"]
>;
