/** Hides who and what a user's own site holds: without `--reveal` no personal name and no value of it leaves the run. */
import type {
  Ask,
  Case,
  Credential,
  Entity,
  Expected,
  Json,
  Outcome,
  Principal,
  Probe,
  Site,
  Value,
  Verdict,
} from "../contract/types.ts";
import { differenceLine, differences } from "./compare.ts";
import type { CaseResult } from "./play-case.ts";
import { redact } from "./redact.ts";
import { valueKey } from "./values.ts";

/** One case's pseudonyms: numbered as first met, so equal runs mask alike and nothing can be guessed back by hashing. */
interface Mask {
  readonly text: (text: string) => string;
  readonly value: (value: Value) => Value;
}

const shortestName = 2;

function principalsOf({ probe }: Ask): readonly Principal[] {
  switch (probe.kind) {
    case "open":
    case "decide":
      return [probe.as];
    case "login":
      return "principal" in probe.with ? [probe.with.principal] : [];
    case "impersonate":
      return probe.user === undefined ? [] : [probe.user];
    case "converse":
      return [];
  }
}

function sessionNames(outcome: Outcome): readonly string[] {
  if (outcome.kind === "session") return [outcome.id];
  return outcome.kind === "transcript" ? outcome.of.flatMap(sessionNames) : [];
}

function personalTexts(user: Entity): readonly string[] {
  const attributes = Array.isArray(user["attributes"]) ? user["attributes"] : [];
  const values = attributes.map((one: Json) => (typeof one === "object" && one !== null ? Object.entries(one) : []));
  const mails = values.flat().flatMap(([name, value]) => (name === "attributeValue" ? [value] : []));
  return [
    user["userId"],
    user["name"],
    ...mails.filter((mail) => typeof mail === "string" && mail.includes("@")),
  ].flatMap((text) => (typeof text === "string" ? [text] : []));
}

function namesIn({ case: of, outcomes }: CaseResult): readonly string[] {
  const people = of.asks.flatMap(principalsOf);
  const users = Object.values(of.sites).flatMap((site) => site.entities["User"] ?? []);
  const expected = of.asks.flatMap((ask) => (ask.expected.kind === "known" ? [ask.expected.outcome] : []));
  const names = [
    ...people.map(({ id }) => id),
    ...people.flatMap(({ attributes, session }) => [...Object.values(attributes), ...Object.values(session)].flat()),
    ...users.flatMap(personalTexts),
    ...[...expected, ...outcomes.values()].flatMap(sessionNames),
  ];
  return [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => name.length >= shortestName);
}

function maskOf(result: CaseResult): Mask {
  const people = new Map(namesIn(result).map((name, index) => [name, `person-${index + 1}`]));
  const values = new Map<string, string>();
  const longestFirst = [...people.keys()].toSorted((left, right) => right.length - left.length);
  const escaped = longestFirst.map((name) => name.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`));
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${escaped.join("|")})(?![\p{L}\p{N}])`, "giu");
  return {
    text: (text) =>
      people.size === 0
        ? redact(text)
        : redact(text).replaceAll(pattern, (name) => people.get(name.toLowerCase()) ?? name),
    value: (value) => {
      if (value === null) return null;
      const key = valueKey(value);
      const known = values.get(key) ?? `value-${values.size + 1}`;
      values.set(key, known);
      return known;
    },
  };
}

function maskJson(value: Json, mask: Mask): Json {
  if (typeof value === "string") return mask.text(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => maskJson(item, mask));
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, maskJson(part, mask)]));
}

function maskFields(fields: { readonly [name: string]: Json }, mask: Mask): { [name: string]: Json } {
  return Object.fromEntries(Object.entries(fields).map(([name, part]) => [name, maskJson(part, mask)]));
}

function maskPrincipal(who: Principal, mask: Mask): Principal {
  const lists = (all: Principal["session"]): Principal["session"] =>
    Object.fromEntries(Object.entries(all).map(([name, some]) => [name, some.map(mask.text)]));
  return { ...who, id: mask.text(who.id), attributes: lists(who.attributes), session: lists(who.session) };
}

function maskCredential(credential: Credential, mask: Mask): Credential {
  if (credential.by === "jwt") return { ...credential, claims: maskFields(credential.claims, mask) };
  if (credential.by === "bytes") return { ...credential, authorization: "[redacted]" };
  return "principal" in credential
    ? { ...credential, principal: maskPrincipal(credential.principal, mask) }
    : credential;
}

function maskEntity(entity: Entity, mask: Mask): Entity {
  return { ...maskFields(entity, mask), id: entity.id };
}

function maskProbe(probe: Probe, mask: Mask): Probe {
  switch (probe.kind) {
    case "open":
      return { ...probe, as: maskPrincipal(probe.as, mask) };
    case "decide": {
      const { resource } = probe;
      const masked = "id" in resource ? resource : { ...resource, wouldBe: maskEntity(resource.wouldBe, mask) };
      const preview = probe.preview === undefined ? {} : { preview: mask.text(probe.preview) };
      return { ...probe, as: maskPrincipal(probe.as, mask), resource: masked, ...preview };
    }
    case "login":
      return { ...probe, with: maskCredential(probe.with, mask) };
    case "impersonate":
      return probe.user === undefined ? probe : { ...probe, user: maskPrincipal(probe.user, mask) };
    case "converse":
      return {
        ...probe,
        steps: probe.steps.map((step) => Object.assign({}, step, { with: maskFields(step.with, mask) })),
      };
  }
}

function maskOutcome(outcome: Outcome, mask: Mask): Outcome {
  switch (outcome.kind) {
    case "view":
      return {
        ...outcome,
        tables: outcome.tables.map(({ name, fields, rows }) => ({
          name,
          fields,
          rows: rows.map((row) => row.map(mask.value)),
        })),
      };
    case "session":
      return { ...outcome, id: mask.text(outcome.id), sets: maskFields(outcome.sets, mask) };
    case "decision":
      return outcome.broken === undefined ? outcome : { ...outcome, broken: outcome.broken.map(mask.text) };
    case "transcript":
      return { ...outcome, of: outcome.of.map((one) => maskOutcome(one, mask)) };
    case "undetermined":
      return { ...outcome, detail: mask.text(outcome.detail) };
    case "measure":
    case "without-data":
    case "refused":
      return outcome;
  }
}

function maskExpected(expected: Expected, mask: Mask): Expected {
  const because = expected.because.map(({ requirement, evidence }) => ({ requirement, evidence: mask.text(evidence) }));
  if (expected.kind === "relation") return { ...expected, because, to: expected.to.map(mask.text) };
  const { alsoAcceptable, ...known } = expected;
  const others = alsoAcceptable?.map((one) => maskOutcome(one, mask));
  return {
    ...known,
    because,
    outcome: maskOutcome(expected.outcome, mask),
    ...(others === undefined ? {} : { alsoAcceptable: others }),
  };
}

function maskAsk(ask: Ask, mask: Mask): Ask {
  return {
    ...ask,
    id: mask.text(ask.id),
    probe: maskProbe(ask.probe, mask),
    expected: maskExpected(ask.expected, mask),
    ...(ask.contrast === undefined ? {} : { contrast: mask.text(ask.contrast) }),
  };
}

function maskSite(site: Site, mask: Mask): Site {
  const entities = Object.entries(site.entities).map(([type, all]) => [type, all.map((one) => maskEntity(one, mask))]);
  const apps = Object.keys(site.apps).map((app) => [app, { script: "// left out without --reveal", files: {} }]);
  return { entities: Object.fromEntries(entities), apps: Object.fromEntries(apps) };
}

function maskVerdict(verdict: Verdict, mask: Mask): Verdict {
  const named = { ...verdict, case: mask.text(verdict.case), ask: mask.text(verdict.ask) };
  if ("detail" in named) return { ...named, detail: mask.text(named.detail) };
  if (named.result !== "fail" && named.result !== "observed") return named;
  const expected = maskExpected(named.expected, mask);
  const observed = maskOutcome(named.observed, mask);
  const difference =
    expected.kind === "known"
      ? differenceLine([...differences(expected.outcome, observed)])
      : `not ${expected.holds} with ${expected.to.join(", ")}`;
  return { ...named, expected, observed, difference: mask.text(difference) };
}

/** The result of a case derived from a user's site, with people and values under numbers; any other result as it is. */
export function maskCase(result: CaseResult): CaseResult {
  if (result.case.origin.kind !== "site") return result;
  const mask = maskOf(result);
  const [first, ...rest] = result.case.asks;
  const sites = Object.entries(result.case.sites).map(([name, site]) => [name, maskSite(site, mask)] as const);
  const of: Case = {
    ...result.case,
    id: mask.text(result.case.id),
    title: mask.text(result.case.title),
    sites: { ...Object.fromEntries(sites), main: maskSite(result.case.sites.main, mask) },
    asks: [maskAsk(first, mask), ...rest.map((ask) => maskAsk(ask, mask))],
  };
  return {
    case: of,
    masked: true,
    verdicts: result.verdicts.map((verdict) => maskVerdict(verdict, mask)),
    outcomes: new Map([...result.outcomes].map(([ask, outcome]) => [mask.text(ask), maskOutcome(outcome, mask)])),
    hung: result.hung,
  };
}
