/** Laws between what rules decide and what shows it: what the engine opens, and what an audit tries out. */
import { actionsOf } from "../../catalogue/type-actions.ts";
import type { Entity, Probe, Site } from "../../contract/types.ts";
import { fullName } from "../directory.ts";
import { alike, everywhere, type PosedRules, type RuleLaw, type RuleLawAsk, type RuleScene } from "./posing.ts";
import { ruleOver, rulesOf, textIn, withRules } from "./rewriting.ts";
import { askedEntity, filterFor, isAnonymous, isUser } from "./scene.ts";

const data = "Orders:\nLOAD * INLINE [\nREGION,ORDERNO\nNORTH,1\nNORTH,2\nSOUTH,3\n];\n";

function sectionFor(who: string, region: string): string {
  return `Section Access;\nRights:\nLOAD * INLINE [\nACCESS,USERID,REGION\nUSER,${who},${region}\n];\nSection Application;\n`;
}

interface Opening {
  readonly scene: RuleScene;
  readonly app: Entity;
}

/** An app of the site that is asked about, by somebody who can log in: session attributes are the proxy's to give. */
function openingOf(scene: RuleScene): Opening | undefined {
  const { site, question } = scene;
  const apps = site.entities["App"] ?? [];
  const asked = question.resource.type === "App" && "id" in question.resource ? askedEntity(scene) : undefined;
  const app = asked ?? apps[0];
  if (app === undefined || isAnonymous(question)) return undefined;
  const as = { ...question.as, session: {} };
  const resource = { type: "App", id: app.id };
  return { scene: { site, question: { as, resource, action: "read", context: "hub" } }, app };
}

function withScript(site: Site, { app }: Opening, script: string): Site {
  return { ...site, apps: { [app.id]: { script, files: {} } } };
}

function opens(id: string, at: string, { scene, app }: Opening): RuleLawAsk {
  const probe: Extract<Probe, { kind: "open" }> = {
    kind: "open",
    app: app.id,
    as: scene.question.as,
    through: "tables",
  };
  return { id, at, probe };
}

const decidedAsOpened: RuleLaw = {
  ...everywhere,
  id: "R18",
  says: "opens an app without section access to whom it says he may read it, and to nobody else",
  because: ["SR-101"],
  pose: (scene) => {
    const opening = openingOf(scene);
    if (opening === undefined) return undefined;
    const told: RuleLawAsk = { id: "told", at: "main", probe: { kind: "decide", ...opening.scene.question } };
    return {
      sites: { main: withScript(scene.site, opening, data) },
      asks: [told, { ...opens("opened", "main", opening), relation: { holds: "consistent", to: ["told"] } }],
    };
  },
};

function bare(name: string): boolean {
  return /^[\w\\.-]+$/.test(name);
}

/** The app with the script under the rules of each site, asked by one person. */
function compared(opening: Opening, one: Site, other: Site, holds: "equal" | "within"): PosedRules {
  return {
    sites: { main: one, other },
    asks: [
      opens("before", "main", opening),
      { ...opens("after", "other", opening), relation: { holds, to: ["before"] } },
    ],
  };
}

const rowsStay: RuleLaw = {
  ...everywhere,
  id: "R20",
  says: "shows no more rows to who gets every right there is beside reading",
  because: ["SA-RED-03"],
  pose: (scene) => {
    const opening = openingOf(scene);
    if (opening === undefined || !bare(fullName(opening.scene.question.as))) return undefined;
    const script = sectionFor(fullName(opening.scene.question.as).toUpperCase(), "NORTH") + data;
    const site = withScript(scene.site, opening, script);
    const reads = withRules(site, [...rulesOf(site), ruleOver("Stream_*, App*", "", 2)]);
    const everything = withRules(site, [...rulesOf(site), ruleOver("*", "")]);
    return compared(opening, reads, everything, "equal");
  },
};

const closedStays: RuleLaw = {
  ...everywhere,
  id: "R20 closed",
  says: "shows by section access nothing of an app that it does not show without",
  because: ["SR-101"],
  pose: (scene) => {
    const opening = openingOf(scene);
    if (opening === undefined || !bare(fullName(opening.scene.question.as))) return undefined;
    const name = fullName(opening.scene.question.as).toUpperCase();
    const plain = withScript(scene.site, opening, data);
    const named = withScript(scene.site, opening, sectionFor(name, "NORTH") + data);
    return compared(opening, plain, named, "within");
  },
};

/** The first condition of the site; undefined for what no audit looks at: sections, what is not there, and strangers. */
function conditionToTry(scene: RuleScene): string | undefined {
  const { site, question } = scene;
  const { resource, as, action } = question;
  const isThere = "id" in resource && askedEntity(scene) !== undefined && resource.type !== "TransientObject";
  const known = (site.entities["User"] ?? []).some((row) => isUser(row, as));
  if (!isThere || !known || !actionsOf(resource.type).includes(action.toLowerCase())) return undefined;
  const rule = rulesOf(site).find((one) => textIn(one, "rule").trim() !== "");
  return rule === undefined ? undefined : textIn(rule, "rule");
}

const previewedAsSaved: RuleLaw = {
  ...everywhere,
  id: "R18 preview",
  says: "decides with a rule that is tried out as when it is installed",
  because: ["SR-704"],
  pose: (scene) => {
    const preview = conditionToTry(scene);
    if (preview === undefined) return undefined;
    const { site, question } = scene;
    const rules = rulesOf(site).filter((rule) => textIn(rule, "rule") !== preview);
    const before = withRules(site, rules);
    const saved = withRules(site, [...rules, ruleOver(filterFor(question), preview)]);
    const posed = alike({ site: before, question }, { site: saved, question });
    const asks = posed.asks.map((ask): RuleLawAsk =>
      ask.at === "main" ? { ...ask, probe: { kind: "decide", ...question, preview } } : ask,
    );
    return { ...posed, asks };
  },
};

export const lawsOfDoors: readonly RuleLaw[] = [decidedAsOpened, previewedAsSaved, rowsStay, closedStays];
