/** Domain data as text a person reads. Nothing here escapes for a format; every text is one line without control characters. */
import type { Credential, Outcome, Principal, Probe, Standing, Value, Verdict } from "../contract/types.ts";

/** Control, format and bidirectional characters become visible, so that no text changes how another is read. */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029\ufffe\uffff]/gu, (character) => {
    if (character === "\n") return "⏎";
    if (character === "\t") return "⇥";
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

function fullName({ directory, id }: Principal): string {
  return visible(`${directory}\\${id}`);
}

/** A value as it stands in a cell: a text that looks like a number is quoted, NULL is a dash. */
export function cell(value: Value): string {
  if (value === null) return "–";
  if (typeof value === "number") return String(value);
  if (typeof value === "object") return `${visible(value.t)} (=${value.n})`;
  const lookAlike = value.trim() !== value || value === "" || value === "–" || !Number.isNaN(Number(value));
  return lookAlike ? `"${visible(value)}"` : visible(value);
}

const refusers = { proxy: "proxy", repository: "repository", engine: "engine" } as const;

function list(items: readonly string[], none: string): string {
  return items.length === 0 ? none : items.map(visible).join(", ");
}

function brokenText(broken: readonly string[]): string {
  return broken.length === 0 ? "" : `; broken rules: ${list(broken, "")}`;
}

/** An outcome in one line. */
export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case "view":
      return `opened: ${list(outcome.fields, "no field")} (${counted(outcome.tables.length, "table")}, ${counted(rowCount(outcome), "row")})`;
    case "measure":
      return list(
        Object.entries(outcome.values).map(([name, value]) => `${name} = ${cell(value)}`),
        "no measure",
      );
    case "without-data":
      return "opened without data";
    case "refused":
      return `refused by the ${refusers[outcome.by]} (code ${outcome.code})`;
    case "decision":
      return `${outcome.allowed ? "allowed" : "denied"}${brokenText(outcome.broken ?? [])}`;
    case "session":
      return sessionText(outcome);
    case "transcript":
      return outcome.of.map((step, index) => `${index + 1}. ${outcomeText(step)}`).join(" · ");
    case "undetermined":
      return `no answer (${outcome.code}): ${visible(outcome.detail)}`;
  }
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function rowCount(view: Extract<Outcome, { kind: "view" }>): number {
  return view.tables.reduce((sum, table) => sum + table.rows.length, 0);
}

function sessionText(session: Extract<Outcome, { kind: "session" }>): string {
  const sets = Object.entries(session.sets).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  const who = session.id === "" ? "no session" : `session of ${visible(`${session.directory}\\${session.id}`)}`;
  return sets.length === 0 ? who : `${who} (${list(sets, "")})`;
}

function jwtText({ key, attack }: Extract<Credential, { by: "jwt" }>): string {
  const signed = {
    proxy: "signed with the proxy's key",
    foreign: "signed with another key",
    none: "without signature",
  };
  return `a JWT ${signed[key]}${attack === undefined ? "" : `, ${attack}`}`;
}

function credentialText(credential: Credential): string {
  switch (credential.by) {
    case "jwt":
      return jwtText(credential);
    case "header":
    case "ticket":
    case "certificate":
      return `a ${credential.by} for ${fullName(credential.principal)}`;
    case "bytes":
      return "an authorization header as it stands in the case";
    case "nothing":
      return "no credential";
  }
}

/** Finds the name of an entity by type and id; undefined where the site has none. */
export type NameOf = (type: string, id: string) => string | undefined;

function named(nameOf: NameOf, type: string, id: string): string {
  return visible(nameOf(type, id) ?? id);
}

function decisionAsked(probe: Extract<Probe, { kind: "decide" }>, nameOf: NameOf): string {
  const { resource, node, preview } = probe;
  const which =
    "id" in resource ? named(nameOf, resource.type, resource.id) : `to be created as ${visible(resource.wouldBe.id)}`;
  const asker = node === undefined ? fullName(probe.as) : `node ${named(nameOf, "ServerNodeConfiguration", node)}`;
  const tried = preview === undefined ? "" : `, trying out a rule with the condition ${visible(preview)}`;
  return `${asker} asks to ${visible(probe.action)} ${visible(resource.type)} ${which} in the ${probe.context}${tried}`;
}

/** A probe as one sentence. */
export function probeText(probe: Probe, nameOf: NameOf = () => undefined): string {
  switch (probe.kind) {
    case "open":
      return `${fullName(probe.as)} opens app ${named(nameOf, "App", probe.app)}${probe.noData === true ? " without data" : ""} and looks through ${probe.through}`;
    case "decide":
      return decisionAsked(probe, nameOf);
    case "login":
      return `somebody logs in at proxy “${visible(probe.proxy)}” with ${credentialText(probe.with)}`;
    case "impersonate": {
      const user = probe.user === undefined ? "nobody in particular" : fullName(probe.user);
      return `datasource ${visible(probe.datasource)} asks for ${user}${probe.app === undefined ? "" : ` in app ${named(nameOf, "App", probe.app)}`}`;
    }
    case "converse":
      return probe.steps.map((step) => `${visible(step.actor)}: ${visible(step.do)}`).join(" → ");
  }
}

interface Word {
  readonly symbol: string;
  readonly word: string;
  readonly meaning: string;
}

/** A standing as symbol and word: nothing is told by colour alone. */
export const standingWords: { readonly [standing in Standing]: Word } = {
  proven: { symbol: "✓", word: "proven", meaning: "a proof pair was kept on both sides and the controls passed" },
  broken: { symbol: "✗", word: "broken", meaning: "an ask that names it failed" },
  unproven: { symbol: "○", word: "unproven", meaning: "nothing failed, and nothing proves it" },
  observed: { symbol: "≈", word: "observed", meaning: "a disputed reading, or a deviation, differed" },
  inapplicable: { symbol: "–", word: "inapplicable", meaning: "the target cannot be asked" },
  inconclusive: { symbol: "?", word: "inconclusive", meaning: "an ask that names it stayed undetermined" },
  excluded: { symbol: "⊘", word: "excluded", meaning: "no case can prove it; the reason is given" },
};

export const standingOrder: readonly Standing[] = [
  "broken",
  "proven",
  "observed",
  "inconclusive",
  "unproven",
  "inapplicable",
  "excluded",
];

export const resultWords: { readonly [result in Verdict["result"]]: Word } = {
  pass: { symbol: "✓", word: "pass", meaning: "as expected" },
  acceptable: { symbol: "✓", word: "acceptable", meaning: "as another conforming target may answer" },
  fail: { symbol: "✗", word: "fail", meaning: "not as expected" },
  observed: { symbol: "≈", word: "observed", meaning: "differs on a reading that does not bind this target" },
  inapplicable: { symbol: "–", word: "inapplicable", meaning: "the target lacks what the ask needs" },
  inconclusive: { symbol: "?", word: "inconclusive", meaning: "could not be determined" },
  "harness-error": { symbol: "!", word: "tool error", meaning: "the tool broke, not the target" },
};

export const areaWords: { readonly [area in "section-access" | "impersonation" | "rules"]: string } = {
  "section-access": "Section access",
  impersonation: "Impersonation",
  rules: "Security rules",
};
