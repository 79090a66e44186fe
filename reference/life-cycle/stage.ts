/** Plays steps that change, load and publish apps, on a copy of the site: what each answers, and what the next one finds. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Entity, Outcome, Principal, Reason, RequirementId, Site, Step, Surface } from "../../contract/types.ts";
import type { LoadedApp } from "../../reload/model.ts";
import { appsOf, namedApp } from "../../reload/site-apps.ts";
import { flagIn, malformed, selectionIn, surfaceIn, textIn } from "./steps.ts";
import {
  asDeployed,
  hasSectionAccess,
  isPublished,
  asPublished,
  reloaded,
  replacedBy,
  withScript,
  type AppLife,
  type Inherited,
} from "./spec.ts";

/** What the rest of the reference answers about the site as the steps left it. */
export interface Doors {
  readonly open: (world: World, request: Opening) => Outcome;
  /** The data of an app as the site holds it. */
  readonly loaded: (app: string) => LoadedApp;
  readonly may: (site: Site, as: Principal, action: string, resource: { type: string; id: string }) => boolean;
}

export interface Opening {
  readonly app: string;
  readonly as: Principal;
  readonly through: Surface;
  readonly noData: boolean;
  readonly selected: { readonly [field: string]: readonly (string | number)[] };
}

/** The site as the steps so far left it. */
export interface World {
  readonly site: Site;
  readonly life: (app: string) => AppLife;
}

export interface Stage {
  /** The outcome of a step of this principal; undefined for a step it does not know. */
  readonly perform: (step: Step, as: Principal) => Outcome | undefined;
  readonly world: World;
  readonly because: readonly Reason[];
}

const accessDenied: Outcome = { kind: "refused", by: "engine", code: 5 };
const forbidden: Outcome = { kind: "refused", by: "repository", code: 403 };
const scheduler: Principal = { directory: "INTERNAL", id: "sa_scheduler", groups: [], attributes: {}, session: {} };

function told(values: { readonly [name: string]: number }): Outcome {
  return { kind: "measure", values };
}

function inStream(site: Site, app: string, stream: Entity): Site {
  const change = (entity: Entity): Entity =>
    entity.id === app ? { ...entity, published: true, stream: { id: stream.id, name: stream["name"] ?? "" } } : entity;
  return { ...site, entities: { ...site.entities, App: (site.entities["App"] ?? []).map(change) } };
}

/** What the steps of one conversation share; the given site itself is never changed. */
interface Scene {
  readonly dialect: Dialect;
  readonly doors: Doors;
  readonly lives: Map<string, AppLife>;
  readonly because: Reason[];
  readonly world: World;
  site: Site;
}

type Play = (scene: Scene, step: Step, as: Principal) => Outcome;

function because(scene: Scene, requirement: RequirementId, evidence: string): void {
  scene.because.push({ requirement, evidence });
}

const enter: Play = ({ doors, world }, step, as) =>
  doors.open(world, {
    app: textIn(step, "app"),
    as,
    through: surfaceIn(step),
    noData: flagIn(step, "noData"),
    selected: selectionIn(step),
  });

/** An app is open before anything is done to it, with data or without (EN-020, EN-030). */
function whenOpen(act: (scene: Scene, step: Step, as: Principal) => Outcome): Play {
  return (scene, step, as) => {
    const entered = enter(scene, step, as);
    return entered.kind === "refused" ? entered : act(scene, step, as);
  };
}

function mayUpdate({ doors, site }: Scene, app: string, as: Principal): boolean {
  return doors.may(site, as, "update", { type: "App", id: app });
}

/** BINARY reads the other apps as they are now; an app that names itself reads nothing. */
function inheritedBy({ site, world }: Scene, app: string): Inherited {
  return (path) => {
    const found = namedApp(path, appsOf(site));
    return found === undefined || found === app ? undefined : world.life(found).data;
  };
}

const setScript = whenOpen((scene, step, as) => {
  const app = textIn(step, "app");
  because(scene, "EN-034", `${as.id} stores a script`);
  if (!mayUpdate(scene, app, as)) return accessDenied;
  because(scene, "SA-SCR-10", `the script of ${app} waits for a reload`);
  scene.lives.set(app, withScript(scene.world.life(app), textIn(step, "script")));
  return told({ stored: 1 });
});

const reload = whenOpen((scene, step, as) => {
  const app = textIn(step, "app");
  if (!mayUpdate(scene, app, as)) return accessDenied;
  because(scene, "EN-035", `${as.id} reloads with his own rights`);
  const after = reloaded(scene.world.life(app), scene.dialect, inheritedBy(scene, app));
  if (after === undefined) return told({ loaded: 0, lockedOut: 0 });
  scene.lives.set(app, after);
  const lockedOut = !flagIn(step, "noData") && enter(scene, step, as).kind === "refused";
  if (lockedOut) because(scene, "SA-LIF-03", `${as.id} is not in the rights he loaded`);
  return told({ loaded: 1, lockedOut: lockedOut ? 1 : 0 });
});

/** The scheduler is bound by section access, and by no rule of the site (SA-LIF-01). */
const reloadByTask: Play = (scene, step) => {
  const app = textIn(step, "app");
  because(scene, "EN-035", "a task runs as INTERNAL\\sa_scheduler");
  const life = scene.world.life(app);
  const request = { app, as: scheduler, through: "tables", noData: false, selected: {} } as const;
  const entered = scene.doors.open({ ...scene.world, site: openSite(scene.site, app) }, request);
  const after = entered.kind === "refused" ? undefined : reloaded(life, scene.dialect, inheritedBy(scene, app));
  if (after !== undefined) scene.lives.set(app, after);
  return told({ loaded: after === undefined ? 0 : 1 });
};

const publish: Play = (scene, step, as) => {
  const app = textIn(step, "app");
  const stream = (scene.site.entities["Stream"] ?? []).find(({ id }) => id === textIn(step, "stream"));
  if (stream === undefined) throw malformed(step, "a stream of the site");
  const things = [
    { type: "App", id: app },
    { type: "Stream", id: stream.id },
  ];
  if (!things.every((thing) => scene.doors.may(scene.site, as, "publish", thing))) return forbidden;
  scene.lives.set(app, asPublished(scene.world.life(app)));
  scene.site = inStream(scene.site, app, stream);
  because(scene, "SA-LIF-02", `${app} is published`);
  return told({ published: 1 });
};

const republish: Play = (scene, step, as) => {
  const [app, over] = [textIn(step, "app"), textIn(step, "over")];
  const mayRead = scene.doors.may(scene.site, as, "read", { type: "App", id: app });
  if (!mayRead || !mayUpdate(scene, over, as)) return forbidden;
  scene.lives.set(over, replacedBy(scene.world.life(over), scene.world.life(app)));
  because(scene, "SA-LIF-02", `${app} takes the place of ${over}`);
  return told({ published: 1 });
};

const layout = whenOpen((scene, step) => {
  const app = textIn(step, "app");
  because(scene, "SA-LIF-07", `what ${app} says of itself`);
  return told({
    hasSectionAccess: hasSectionAccess(scene.world.life(app)) ? 1 : 0,
    withoutData: flagIn(step, "noData") ? 1 : 0,
    published: isPublished(scene.site, app) ? 1 : 0,
  });
});

const exportReduced: Play = (scene, step, as) => {
  because(scene, "SA-ENV-03", `${as.id} exports what he sees`);
  return enter(scene, step, as);
};

const list: Play = (scene, _step, as) => {
  because(scene, "EN-032", "the list follows the rules alone");
  const apps = (scene.site.entities["App"] ?? []).filter(({ id }) =>
    scene.doors.may(scene.site, as, "read", { type: "App", id }),
  );
  const names = apps.map(({ name }) => (typeof name === "string" ? name : "")).sort();
  return { kind: "session", directory: as.directory, id: as.id, sets: { apps: names } };
};

const plays: ReadonlyMap<string, Play> = new Map([
  ["open", enter],
  ["set-script", setScript],
  ["reload", reload],
  ["reload-by-task", reloadByTask],
  ["publish", publish],
  ["republish", republish],
  ["layout", layout],
  ["export-reduced", exportReduced],
  ["list", list],
]);

/** A stage at the beginning of a conversation. */
export function stageOf(given: Site, dialect: Dialect, doors: Doors): Stage {
  const lives = new Map<string, AppLife>();
  const life = (app: string): AppLife => {
    const known = lives.get(app) ?? asDeployed(given.apps[app], doors.loaded(app), isPublished(given, app));
    lives.set(app, known);
    return known;
  };
  const scene: Scene = {
    dialect,
    doors,
    lives,
    because: [],
    site: given,
    world: {
      get site() {
        return scene.site;
      },
      life,
    },
  };
  return {
    world: scene.world,
    because: scene.because,
    perform: (step, as) => plays.get(step.do)?.(scene, step, as),
  };
}

/** The same site with one rule, by which everybody may read the app. */
function openSite(site: Site, app: string): Site {
  const rule: Entity = {
    id: "service accounts",
    name: "service accounts",
    category: "Security",
    resourceFilter: `App_${app}`,
    actions: 2,
    rule: "",
    ruleContext: 0,
    disabled: false,
  };
  return { ...site, entities: { ...site.entities, SystemRule: [rule] } };
}
