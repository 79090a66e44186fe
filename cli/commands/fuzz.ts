/** `fuzz`: a site's own security rules questioned: against other rules, against intents, and unasked. */
import { against } from "../../analysis/rules/against.ts";
import { coverageOf, lcov, type RuleCoverage, type RuleText } from "../../analysis/rules/coverage.ts";
import { namedApart, rulesNamedApart } from "../../analysis/rules/names.ts";
import { judgeIntent, type Finding } from "../../analysis/rules/intent.ts";
import { mostWhenOwned, partlyCreated } from "../../analysis/rules/creations.ts";
import { partlySearched } from "../../analysis/rules/pool.ts";
import type { Unasked } from "../../analysis/rules/finding.ts";
import { isPartial, unasked } from "../../analysis/rules/unasked.ts";
import { describeResource, describeUser } from "../../analysis/rules/witness.ts";
import { dialectOf, defaultDialect, type Dialect } from "../../catalogue/dialects.ts";
import { ConformanceError } from "../../contract/errors.ts";
import type { Entity, Json, Principal, Site } from "../../contract/types.ts";
import { readIntents } from "../../intake/intents.ts";
import { principalsOf } from "../../intake/principals.ts";
import { readRules, readSite } from "../../intake/site.ts";
import { policyOf } from "../../reference/rules/spec.ts";
import { read, required, usage, type Command, type Given } from "../arguments.ts";
import { comparisonJson, comparisonText, resourceNamer, witnessJson } from "../compared-rules.ts";
import { directoryOption, withDirectories } from "../directories.ts";
import { refuseFilled, writeFiles } from "../files.ts";
import { note, say, sayJson, type ExitCode } from "../output.ts";
import { tableLines } from "../tables.ts";

export const command: Command = {
  name: "fuzz",
  summary:
    "Questions a site's own security rules: what they give beyond other rules, whether they keep to intents, and what nobody asked.",
  options: {
    site: { value: "FILE", help: "a site file (QRS exports by type) or a site folder" },
    directory: directoryOption,
    against: { value: "FILE", help: "rules to compare with: a site file, or an export of /qrs/systemrule/full" },
    intent: { value: "FILE", help: "intents to hold the rules against (YAML)" },
    coverage: { help: "print which parts of the conditions were true and false on this site" },
    lcov: { value: "DIR", help: "write the coverage as LCOV, with the rules' conditions beside it" },
    dialect: { value: "NAME", help: `which documented reading to follow (default ${defaultDialect})` },
    json: { help: "print JSON" },
  },
  examples: [
    "qlik-conformance fuzz --site site.json",
    "qlik-conformance fuzz --site site.json --against rules-next-week.json",
    "qlik-conformance fuzz --site site.json --intent intents.yaml --json",
  ],
};

interface Scene {
  readonly site: Site;
  readonly people: readonly Principal[];
  readonly dialect: Dialect;
}

function fullName({ directory, id }: Principal): string {
  return `${directory}\\${id}`;
}

function findingLines(site: Site, finding: Finding): readonly string[] {
  switch (finding.kind) {
    case "holds":
      return [`holds    ${finding.title} (${finding.asked} questions)`];
    case "vacuous":
      return [`vacuous  ${finding.title}: ${finding.why}`];
    case "broken": {
      const { witness, rules, how } = finding;
      const by = rules.length === 0 ? "" : ` by ${rules.join(", ")}`;
      const made = witness.existing ? "" : " (made up)";
      return [
        `broken   ${finding.title}`,
        `           ${describeUser(witness)} is ${how} to ${witness.action} ${describeResource(witness)} in the ${witness.context}${by}${made}`,
      ];
    }
    case "listed": {
      const nameOf = resourceNamer(site);
      return [
        `listed   ${finding.title}${finding.hits.length === 0 ? ": nobody" : ""}`,
        ...finding.hits.map(
          ({ user, resource, action, context, rules }) =>
            `           ${fullName(user)} ${action} ${nameOf(resource)} in the ${context} (${rules.join(", ")})`,
        ),
      ];
    }
  }
}

function findingJson(finding: Finding): object {
  if (finding.kind === "broken") return { ...finding, witness: witnessJson(finding.witness) };
  if (finding.kind !== "listed") return finding;
  const hits = finding.hits.map(({ user, resource, ...rest }) => ({
    user: fullName(user),
    resource: "id" in resource ? `${resource.type}_${resource.id}` : resource.type,
    ...rest,
  }));
  return { ...finding, hits };
}

function intentCode(findings: readonly Finding[]): ExitCode {
  if (findings.some(({ kind }) => kind === "broken")) return 1;
  return findings.some(({ kind }) => kind === "vacuous") ? 3 : 0;
}

function unaskedText(findings: readonly Unasked[]): string {
  if (findings.length === 0) return "Nothing to tell that was not asked.";
  return tableLines([
    ["rule", "finding", "id", "what it means"],
    ...findings.map(({ rule, kind, requirement, text }) => [rule, kind, requirement, text]),
  ]).join("\n");
}

function coverageText(coverage: readonly RuleCoverage[]): string {
  const rows = coverage.flatMap(({ rule, covered: resources, atoms }) =>
    atoms.map(({ atom, held, failed }) => [rule, String(resources), atom, String(held), String(failed)]),
  );
  const both = rows.filter(([, , , held, failed]) => held !== "0" && failed !== "0").length;
  return [
    `${both} of ${rows.length} parts of conditions were seen true and false on this site.`,
    ...tableLines([["rule", "resources", "part", "true", "false"], ...rows]),
  ].join("\n");
}

function ruleTexts(site: Site): readonly RuleText[] {
  return (site.entities["SystemRule"] ?? []).map((entity, at) => {
    const { name, rule } = entity as { readonly name?: Json; readonly rule?: Json };
    const title = typeof name === "string" && name !== "" ? name : entity.id;
    const slug = title.replaceAll(/[^\w-]+/g, "-").slice(0, 60);
    return {
      rule: title,
      file: `rules/${String(at + 1).padStart(3, "0")}-${slug}.rule`,
      text: typeof rule === "string" ? rule : "",
    };
  });
}

function writeLcov(folder: string, site: Site, coverage: readonly RuleCoverage[]): void {
  const texts = ruleTexts(site);
  const files = Object.fromEntries(texts.map(({ file, text }) => [file, `${text}\n`]));
  writeFiles(folder, [{ ...files, "lcov.info": lcov(coverage, texts) }]);
}

interface Part {
  readonly name: "against" | "intents" | "unasked" | "coverage";
  readonly text: string;
  readonly json: Json | object;
  readonly code: ExitCode;
}

function comparedWith(scene: Scene, file: string): Part {
  const other: readonly Entity[] = rulesNamedApart(readRules(file));
  const comparison = against(scene.site, other, scene.people, scene.dialect);
  const changed = comparison.differences.some(({ relation }) => relation !== "equal");
  return {
    name: "against",
    text: comparisonText(scene.site, comparison),
    json: comparisonJson(scene.site, comparison),
    code: changed ? 1 : comparison.uncompared.length > 0 ? 3 : 0,
  };
}

function heldAgainst({ site, people, dialect }: Scene, file: string): Part {
  const findings = readIntents(file).map((intent) => judgeIntent(intent, site, people, dialect));
  return {
    name: "intents",
    text: findings.flatMap((finding) => findingLines(site, finding)).join("\n"),
    json: findings.map(findingJson),
    code: intentCode(findings),
  };
}

function questioned({ site, dialect }: Scene): Part {
  if (isPartial(site)) note("these are custom rules alone: what shipped rules give beside them is not known here");
  const findings = unasked(site, dialect);
  const serious = findings.some(({ weight }) => weight !== "unclear");
  return { name: "unasked", text: unaskedText(findings), json: [...findings], code: serious ? 1 : 0 };
}

function covered(given: Given, { site, people, dialect }: Scene): Part {
  const coverage = coverageOf(site, policyOf(site, dialect), people);
  const folder = given.text("lcov");
  if (folder !== undefined) writeLcov(folder, site, coverage);
  return { name: "coverage", text: coverageText(coverage), json: [...coverage], code: 0 };
}

function partsOf(given: Given, scene: Scene): readonly Part[] {
  const [other, intent] = [given.text("against"), given.text("intent")];
  const covers = given.has("coverage") || given.text("lcov") !== undefined;
  const parts = [
    ...(other === undefined ? [] : [comparedWith(scene, other)]),
    ...(intent === undefined ? [] : [heldAgainst(scene, intent)]),
    ...(covers ? [covered(given, scene)] : []),
  ];
  return parts.length > 0 ? parts : [questioned(scene)];
}

/** A broken intent or a difference outweighs what could not be determined. */
function codeOf(parts: readonly Part[]): ExitCode {
  const codes = new Set(parts.map(({ code }) => code));
  if (codes.has(1)) return 1;
  return codes.has(3) ? 3 : 0;
}

/** Where less is asked than there is to ask: what is found holds all the same. */
function limitsOf(given: Given, site: Site, dialect: Dialect): readonly string[] {
  const policy = policyOf(site, dialect);
  const compares = given.text("against") !== undefined || given.text("intent") !== undefined;
  return [
    ...partlySearched(policy).map(
      (rule) =>
        `rule ${JSON.stringify(rule)} has more alternatives than are searched: what is found holds, what is not found may exist`,
    ),
    ...(compares ? partlyCreated(site, [policy]) : []).map(
      (type) =>
        `who may create ${type} hangs on the owner, and is asked of ${type}s like the first ${mostWhenOwned}: what is not found may exist`,
    ),
  ];
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const file = required(command, given, "site");
  const folder = given.text("lcov");
  if (folder !== undefined) refuseFilled(folder);
  const { site: exported, notes } = readSite(file);
  for (const line of notes) note(line);
  const site = namedApart(withDirectories(command, given, exported));
  if ((site.entities["SystemRule"] ?? []).length === 0) {
    throw new ConformanceError("input", "the site holds no security rules", {
      file,
      expected: '"SystemRule" with at least one rule',
      remedy: "export them from /qrs/systemrule/full",
    });
  }
  const people = principalsOf(site);
  const covers = given.has("coverage") || folder !== undefined;
  if (covers && people.length === 0) {
    throw usage(
      command,
      "the site lists no users, of which coverage counts",
      '"User" in the site, from /qrs/user/full',
    );
  }
  const dialect = dialectOf(given.text("dialect") ?? defaultDialect);
  for (const line of limitsOf(given, site, dialect)) note(line);
  const parts = partsOf(given, { site, people, dialect });
  if (given.has("json")) sayJson(Object.fromEntries(parts.map(({ name, json }) => [name, json])));
  else say(parts.map(({ text }) => text).join("\n\n"));
  return codeOf(parts);
}
