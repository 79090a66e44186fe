/** Wrongs that break laws of rules and no named defect has: the site or the question is read as another one. */
import type { Entity, Principal, Probe, Site, Target } from "../../contract/types.ts";
import { ruleOver, rulesOf, textIn, withRules } from "../../generators/rule-laws/rewriting.ts";
import { referenceTarget } from "../../targets/reference.ts";

type Asked = Extract<Probe, { kind: "decide" | "open" }>;

interface Read {
  readonly site: Site;
  readonly probe: Asked;
}

export type Lie = (read: Read) => Read;

function withoutRules(gone: (rule: Entity) => boolean): Lie {
  return ({ site, probe }) => ({
    site: withRules(
      site,
      rulesOf(site).filter((rule) => !gone(rule)),
    ),
    probe,
  });
}

function withConditions(write: (condition: string) => string): Lie {
  return ({ site, probe }) => ({
    site: withRules(
      site,
      rulesOf(site).map((rule) => ({ ...rule, rule: write(textIn(rule, "rule")) })),
    ),
    probe,
  });
}

function asked(change: (who: Principal) => Principal): Lie {
  return ({ site, probe }) => {
    const entities = {
      ...site.entities,
      User: (site.entities["User"] ?? []).map((row) => ({ ...row, attributes: [] })),
    };
    return { site: { ...site, entities }, probe: { ...probe, as: change(probe.as) } };
  };
}

function everyAppOpen(site: Site): Site {
  return withRules(site, [...rulesOf(site), ruleOver("App*", "", 2)]);
}

function isOneBit(mask: unknown): boolean {
  return typeof mask === "number" && (mask & (mask - 1)) === 0;
}

function holdsRights(site: Site): boolean {
  return Object.values(site.apps).some(({ script }) => script.startsWith("Section Access"));
}

function withoutRights(script: string): string {
  return script.slice(script.indexOf("Orders:"));
}

export const lies: { readonly [name: string]: Lie } = {
  "a rule for one action alone grants nothing": withoutRules((rule) => isOneBit(rule["actions"])),
  "a rule for the hub alone is overlooked": withoutRules((rule) => rule["ruleContext"] === 1),
  "a rule with `or` is overlooked": withoutRules((rule) => /\bor\b|\|\|/.test(textIn(rule, "rule"))),
  "only the last group counts": asked((who) => ({ ...who, groups: who.groups.slice(-1) })),
  "the attribute groupname is the group": asked((who) => ({
    ...who,
    groups: [...who.groups, ...(who.attributes["groupname"] ?? [])],
  })),
  "groups that begin with a capital are unknown": asked((who) => ({
    ...who,
    groups: who.groups.filter((name) => !/^[A-Z]/.test(name)),
  })),
  "only two directories are synchronised": asked((who) =>
    ["CORP", "LAB"].includes(who.directory.toUpperCase()) ? who : { ...who, groups: [], attributes: {} },
  ),
  "the property Region is unknown": withConditions((text) => text.replaceAll("@Region", "@Unknown")),
  "texts in capitals are unknown": withConditions((text) => text.replaceAll(/= "([A-Z]+)"/g, '= "-$1"')),
  "a star stands for nothing": withConditions((text) => text.replaceAll(/like "([^"*]*)\*"/g, 'like "$1"')),
  "`like` without a star finds nothing": withConditions((text) => text.replaceAll(/like "([^"*]*)"/g, 'like "-$1"')),
  "a negated comparison is the comparison": withConditions((text) => text.replaceAll("!(", "(")),
  "where tasks stand, everybody may do everything": ({ site, probe }) => {
    const isOpen = (site.entities["ReloadTask"] ?? []).length > 0;
    return { site: isOpen ? withRules(site, [ruleOver("*", "")]) : site, probe };
  },
  "whoever asks opens any app": ({ site, probe }) => ({
    site: probe.kind === "open" ? everyAppOpen(site) : site,
    probe,
  }),
  "a rule that is tried out is overlooked": ({ site, probe }) => {
    if (probe.kind !== "decide") return { site, probe };
    const { preview: _tried, ...question } = probe;
    return { site, probe: question };
  },
  "who stands in section access may open": ({ site, probe }) => ({
    site: holdsRights(site) ? everyAppOpen(site) : site,
    probe,
  }),
  "who has every right is not reduced": ({ site, probe }) => {
    const all = rulesOf(site).some(
      ({ actions, resourceFilter, rule }) => actions === 8191 && resourceFilter === "*" && rule === "",
    );
    const apps = Object.entries(site.apps).map(([id, app]) => [id, { ...app, script: withoutRights(app.script) }]);
    return { site: all ? { ...site, apps: Object.fromEntries(apps) as Site["apps"] } : site, probe };
  },
};

/** Answers rightly what the lie makes of the question. */
export function lying(lie: Lie, dialect: string): Target {
  const right = referenceTarget(dialect);
  return {
    ...right,
    prepare: (site, how) =>
      Promise.resolve({
        ask: async (probe, signal) => {
          if (probe.kind !== "decide" && probe.kind !== "open") throw new TypeError(`no law asks to ${probe.kind}`);
          const read = lie({ site, probe });
          const inner = await right.prepare(read.site, how);
          return inner.ask(read.probe, signal);
        },
        dispose: () => Promise.resolve(),
      }),
  };
}
