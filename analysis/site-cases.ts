/** Cases a user's own site gives: everybody against everything, in small cases with contrasts where there are any. */
import { dialectOf } from "../catalogue/dialects.ts";
import type {
  Area,
  Ask,
  Case,
  Capability,
  Json,
  Principal,
  Probe,
  RequirementId,
  ResourceRef,
  Site,
} from "../contract/types.ts";
import { deskFor, expectationOf, type Desk } from "../reference/answer.ts";

/** Asks a case holds at most; what is more goes into further cases, so that nobody is left out. */
const asksPerCase = 2000;
const decidable = ["Stream", "App", "App.Object", "DataConnection", "ReloadTask"] as const;
const actions = ["read", "update", "delete", "publish"] as const;
const contexts = ["hub", "qmc"] as const;

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function askOf(desk: Desk, id: string, probe: Probe): Ask {
  const expected = expectationOf(desk, probe);
  const proves = [...new Set(expected.because.map(({ requirement }): RequirementId => requirement))];
  return { id, probe, expected, proves };
}

/** What is asked, without who is asked as. */
function questionOf({ probe }: Ask): string {
  switch (probe.kind) {
    case "open":
      return `${probe.app} ${probe.through}`;
    case "decide":
      return `${probe.action} ${probe.context}`;
    case "login":
    case "impersonate":
    case "converse":
      return probe.kind;
  }
}

function outcomeText({ expected }: Ask): string {
  return expected.kind === "known" ? JSON.stringify(expected.outcome) : "";
}

/** Names for each ask another one of the same question whose right answer differs, where there is one. */
function contrasted(asks: readonly Ask[]): readonly Ask[] {
  const byQuestion = new Map<string, Map<string, string>>();
  for (const ask of asks) {
    const answers = byQuestion.get(questionOf(ask)) ?? new Map<string, string>();
    if (!answers.has(outcomeText(ask))) answers.set(outcomeText(ask), ask.id);
    byQuestion.set(questionOf(ask), answers);
  }
  return asks.map((ask) => {
    const answers = [...(byQuestion.get(questionOf(ask)) ?? [])];
    const contrast = answers.find(([answer]) => answer !== outcomeText(ask))?.[1];
    return contrast === undefined ? ask : { ...ask, contrast };
  });
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}

function caseOf(
  site: Site,
  parts: { id: string; title: string; dialect: string; needs: readonly Capability[]; asks: readonly Ask[] },
): readonly Case[] {
  const { asks: all, id, ...head } = parts;
  const parted = chunks(all, asksPerCase);
  return parted.flatMap((asks, at): readonly Case[] => {
    const [first, ...rest] = contrasted(asks);
    if (first === undefined) return [];
    const part = parted.length === 1 ? id : `${id}/${at + 1}`;
    return [{ ...head, id: part, sites: { main: site }, asks: [first, ...rest], origin: { kind: "site" } }];
  });
}

function name(who: Principal): string {
  return `${who.directory}\\${who.id}`;
}

/** One case an app: everybody opens it, and every app without section access, so that a refusal can be told from a dead user. */
function appCases(desk: Desk, people: readonly Principal[], dialect: string): readonly Case[] {
  const apps = (desk.site.entities["App"] ?? []).filter(({ id }) => desk.site.apps[id] !== undefined);
  const open = apps.filter(({ id }) => desk.app(id).access === undefined);
  return apps
    .filter(({ id }) => desk.app(id).access !== undefined)
    .flatMap((app) => {
      const asks = people.flatMap((as) =>
        [app, ...open].map(({ id }) =>
          askOf(desk, `${name(as)} opens ${id}`, { kind: "open", app: id, as, through: "tables" }),
        ),
      );
      const title = `shows every user the rows and fields of ${text(app["name"])} its access table gives`;
      return caseOf(desk.site, {
        id: `site/section-access/${app.id}`,
        title,
        dialect,
        needs: ["surface:tables"],
        asks,
      });
    });
}

function decisions(
  desk: Desk,
  people: readonly Principal[],
  resource: ResourceRef & { readonly id: string },
): readonly Ask[] {
  return people.flatMap((as) =>
    actions.flatMap((action) =>
      contexts.map((context) =>
        askOf(desk, `${name(as)} ${action} ${context}`, { kind: "decide", as, resource, action, context }),
      ),
    ),
  );
}

function resourceCases(desk: Desk, people: readonly Principal[], dialect: string): readonly Case[] {
  return decidable.flatMap((type) =>
    (desk.site.entities[type] ?? []).flatMap(({ id, name: label }) => {
      const asks = decisions(desk, people, { type, id });
      const title = `decides on ${type} ${text(label) || id} as its rules say`;
      return caseOf(desk.site, { id: `site/rules/${type}_${id}`, title, dialect, needs: ["audit"], asks });
    }),
  );
}

function datasourceCases(desk: Desk, people: readonly Principal[], dialect: string): readonly Case[] {
  return Object.keys(desk.site.datasources ?? {}).flatMap((datasource) => {
    const asks = [
      askOf(desk, "nobody named", { kind: "impersonate", datasource }),
      ...people.map((user) => askOf(desk, name(user), { kind: "impersonate", datasource, user })),
    ];
    const title = `answers ${datasource} as the named user, or the default one`;
    return caseOf(desk.site, { id: `site/impersonation/${datasource}`, title, dialect, needs: ["proxies"], asks });
  });
}

/** The cases of one area; empty where the site holds nothing to ask. Throws ConformanceError for a script that does not load. */
export function siteCases(site: Site, people: readonly Principal[], area: Area, dialect: string): readonly Case[] {
  const desk = deskFor(site, dialectOf(dialect));
  switch (area) {
    case "section-access":
      return appCases(desk, people, dialect);
    case "rules":
      return resourceCases(desk, people, dialect);
    case "impersonation":
      return datasourceCases(desk, people, dialect);
  }
}
