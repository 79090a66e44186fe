/** What a golden case owes its reader, as faults in words; empty when it owes nothing. */
import { requirement } from "../../catalogue/index.ts";
import type { Ask, Case, Entity, Json, Outcome, Principal, Site, Step } from "../../contract/types.ts";
import { contrastOf } from "../../harness/pairs.ts";
import { lackingControl } from "../../harness/refusals.ts";

const modal = /\b(should|must|may|might|can|cannot|could|would|shall|will)\b/i;

export function titleFaults({ title }: Case): readonly string[] {
  const rules: readonly (readonly [holds: boolean, fault: string])[] = [
    [title.length <= 100, "the title is longer than 100 characters"],
    [/^[a-z-]+s\b/.test(title), "the title does not begin with a verb in the third person"],
    [!modal.test(title), "the title holds a modal verb"],
    [!title.endsWith("."), "the title ends with a full stop"],
  ];
  return rules.flatMap(([holds, fault]) => (holds ? [] : [fault]));
}

export function contrastFaults(of: Case): readonly string[] {
  return of.asks.flatMap((ask) => {
    if (ask.contrast === undefined) return [];
    if (!of.asks.some(({ id }) => id === ask.contrast)) return [`${ask.id}: there is no ask ${ask.contrast}`];
    return contrastOf(of, ask) === undefined ? [`${ask.id}: ${ask.contrast} does not exclude it`] : [];
  });
}

/** Asks the case claims something by, and nothing sets them off. */
export function pairFaults(of: Case): readonly string[] {
  const named = new Set(of.asks.flatMap(({ contrast }) => (contrast === undefined ? [] : [contrast])));
  return of.asks.some((ask) => ask.contrast !== undefined || named.has(ask.id)) ? [] : ["the case has no proof pair"];
}

export function requirementFaults(of: Case): readonly string[] {
  return of.asks.flatMap((ask) => {
    const named = [...ask.proves, ...ask.expected.because.map((reason) => reason.requirement)];
    const unknown = named.filter((id) => requirement(id) === undefined);
    const bare = ask.expected.because.length === 0 ? [`${ask.id}: no reason is given`] : [];
    return [...bare, ...unknown.map((id) => `${ask.id}: the catalogue has no ${id}`)];
  });
}

function principalOf({ probe }: Ask): Principal | undefined {
  switch (probe.kind) {
    case "open":
    case "decide":
      return probe.as;
    case "impersonate":
      return probe.user;
    case "login":
    case "converse":
      return undefined;
  }
}

function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textAt(item: { readonly [name: string]: Json }, name: string): string {
  const value = item[name];
  return typeof value === "string" ? value : "";
}

/** `type value` of each attribute, sorted. */
function stored(user: Entity): string {
  const attributes = Array.isArray(user["attributes"]) ? user["attributes"] : [];
  const pairs = attributes
    .filter(isObject)
    .map((item) => `${textAt(item, "attributeType")} ${textAt(item, "attributeValue")}`);
  return pairs.sort().join(", ");
}

function carried({ groups, attributes }: Principal): string {
  const others = Object.entries(attributes).flatMap(([type, values]) => values.map((value) => `${type} ${value}`));
  return [...groups.map((group) => `group ${group}`), ...others].sort().join(", ");
}

/** Every signed-in principal is a User of the site, with the same groups and attributes. */
export function principalFaults(of: Case): readonly string[] {
  return of.asks.flatMap((ask) => {
    const who = principalOf(ask);
    if (who === undefined || who.directory === "NONE") return [];
    const users = of.sites[ask.at ?? "main"]?.entities["User"] ?? [];
    const user = users.find((one) => one["userDirectory"] === who.directory && one["userId"] === who.id);
    if (user === undefined) return [`${ask.id}: the site has no user ${who.directory}\\${who.id}`];
    return stored(user) === carried(who) ? [] : [`${ask.id}: ${who.id} is another in the site`];
  });
}

/** A refusal by the engine counts only beside its two controls. */
export function controlFaults(of: Case): readonly string[] {
  const expected = new Map<string, Outcome>(
    of.asks.flatMap(({ id, expected: e }) => (e.kind === "known" ? [[id, e.outcome] as const] : [])),
  );
  return of.asks.flatMap((ask) => {
    const lacking = lackingControl(of, ask, expected);
    return lacking === undefined ? [] : [`${ask.id}: ${lacking}`];
  });
}

const changing: ReadonlySet<string> = new Set(["set-script", "reload", "reload-by-task", "publish", "republish"]);

function appsOf({ with: given }: Step): readonly string[] {
  return [given["app"], given["over"]].filter((app) => typeof app === "string");
}

function touched({ probe }: Ask): readonly string[] {
  if (probe.kind === "open") return [probe.app];
  return probe.kind === "converse" ? probe.steps.flatMap(appsOf) : [];
}

/** An app that a conversation changes is used by no other ask of the same site: answers do not depend on their order. */
export function lifeFaults(of: Case): readonly string[] {
  return of.asks.flatMap((ask) => {
    if (ask.probe.kind !== "converse") return [];
    const changed = new Set(ask.probe.steps.filter((step) => changing.has(step.do)).flatMap(appsOf));
    const others = of.asks.filter((other) => other !== ask && (other.at ?? "main") === (ask.at ?? "main"));
    const shared = others.filter((other) => touched(other).some((app) => changed.has(app)));
    return shared.map((other) => `${ask.id}: ${other.id} uses an app that it changes`);
  });
}

/** A step refused by the engine counts only where the same principal did something else, and another did the same. */
export function stepFaults(of: Case): readonly string[] {
  return of.asks.flatMap((ask) => {
    const { probe, expected } = ask;
    if (probe.kind !== "converse" || expected.kind !== "known" || expected.outcome.kind !== "transcript") return [];
    const outcomes = expected.outcome.of;
    if (outcomes.length !== probe.steps.length) return [`${ask.id}: not an outcome a step`];
    const good = probe.steps.filter((_, at) => outcomes[at]?.kind !== "refused");
    const refused = probe.steps.filter((_, at) => {
      const outcome = outcomes[at];
      return probe.steps[at]?.with["as"] !== undefined && outcome?.kind === "refused" && outcome.by === "engine";
    });
    return refused.flatMap((step) => [
      ...(good.some(({ actor }) => actor === step.actor) ? [] : [`${ask.id}: ${step.actor} is refused everything`]),
      ...(good.some((one) => one.actor !== step.actor && appsOf(one).some((app) => appsOf(step).includes(app)))
        ? []
        : [`${ask.id}: nobody else gets to the app`]),
    ]);
  });
}

/** Steps that only a target with some capability can take. */
export function needFaults(of: Case): readonly string[] {
  const steps = of.asks.flatMap(({ probe }) => (probe.kind === "converse" ? probe.steps : []));
  const wire = steps.some((step) => step.do === "request" || step.do === "call");
  const own: ReadonlySet<string> = new Set(["request", "call", "ticket"]);
  const life = steps.some((step) => step.with["as"] !== undefined && !own.has(step.do));
  const service = steps.some((step) => step.do === "ticket" || step.with["service"] !== undefined);
  return [
    ...(wire && !of.needs.includes("wire") ? ["it needs the wire"] : []),
    ...(service && !of.needs.includes("certificate") ? ["it needs the certificate"] : []),
    ...(life && !of.needs.includes("life-cycle") ? ["it needs life-cycle"] : []),
  ];
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function siteFaults(site: Site): readonly string[] {
  const entities = Object.values(site.entities).flat();
  const ids = entities.map(({ id }) => id);
  const repeated = ids.filter((id, index) => ids.indexOf(id) !== index);
  const shapeless = ids.filter((id) => !guid.test(id));
  const apps = new Set((site.entities["App"] ?? []).map(({ id }) => id));
  const stray = Object.keys(site.apps).filter((id) => !apps.has(id));
  return [
    ...repeated.map((id) => `the id ${id} stands twice`),
    ...shapeless.map((id) => `${id} is no id`),
    ...stray.map((id) => `the script ${id} belongs to no app`),
  ];
}

export function entityFaults(of: Case): readonly string[] {
  return Object.entries(of.sites).flatMap(([name, site]) => siteFaults(site).map((fault) => `${name}: ${fault}`));
}

export function askFaults(of: Case): readonly string[] {
  const ids = of.asks.map(({ id }) => id);
  const apps = of.asks.flatMap(({ id, at, probe }) =>
    probe.kind === "open" && of.sites[at ?? "main"]?.apps[probe.app] === undefined ? [`${id}: no such app`] : [],
  );
  const needs = of.asks.flatMap(({ id, probe }) =>
    probe.kind === "open" && !of.needs.includes(`surface:${probe.through}`) ? [`${id}: an unnamed surface`] : [],
  );
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `two asks ${id}`),
    ...of.asks.filter(({ at }) => of.sites[at ?? "main"] === undefined).map(({ id }) => `${id}: no such site`),
    ...apps,
    ...needs,
  ];
}

const secrets = /-----BEGIN|\beyJ[\w-]{10,}|\bpassword\b(?!": "not-a-secret")|-----END|X-Qlik-Session[^"]*=/i;

/** Keys, tokens, cookies and passwords that have no place in a case; one that says it is none may be sent (QR-066). */
export function secretFaults(text: string): readonly string[] {
  const found = secrets.exec(text);
  return found === null ? [] : [`it holds ${JSON.stringify(found[0].slice(0, 12))}`];
}

/** Every check of a case, by its name. */
export const checks: { readonly [name: string]: (of: Case) => readonly string[] } = {
  title: titleFaults,
  contrast: contrastFaults,
  pair: pairFaults,
  requirement: requirementFaults,
  principal: principalFaults,
  control: controlFaults,
  entity: entityFaults,
  ask: askFaults,
  life: lifeFaults,
  step: stepFaults,
  need: needFaults,
};
