/** Steps of an app's life on a site: its script is stored, it is loaded, published, exported, and looked at in between. */
import type { Json, Outcome, Step, Value } from "../../contract/types.ts";
import { TargetFault } from "../faults.ts";
import type { Connection, Doc } from "./engine.ts";
import type { Answer } from "./http.ts";
import { jsonOf, type Session } from "./identity.ts";
import { whoseSession } from "./login.ts";
import { openQrs } from "./qrs.ts";
import { EngineRefusal } from "./socket.ts";
import { flagIn, selectionIn, surfaceIn, textIn } from "./steps.ts";
import { fetchExport, uploadExport } from "./exports.ts";
import { appsListed, connected, openAs, type Visit } from "./visit.ts";

export type LifeStep = (visit: Visit, session: Session, step: Step) => Promise<Outcome>;

function told(values: { readonly [name: string]: Value }): Outcome {
  return { kind: "measure", values };
}

function flag(value: boolean): number {
  return value ? 1 : 0;
}

const open: LifeStep = (visit, session, step) =>
  openAs(visit, session, {
    app: textIn(step, "app"),
    through: surfaceIn(step),
    noData: flagIn(step, "noData"),
    selected: selectionIn(step),
  });

const list: LifeStep = async (visit, session) => {
  const whose = await whoseSession(visit.door, session.prefix, session.jar);
  return whose.kind === "session" ? { ...whose, sets: { apps: [...(await appsListed(visit, session))] } } : whose;
};

/** Opens the step's app, with data or without, and does something to it. */
function withDoc(work: (doc: Doc, connection: Connection, step: Step) => Promise<Outcome>): LifeStep {
  return (visit, session, step) => {
    const app = visit.ids.real("App", textIn(step, "app"));
    return connected(visit, session, app, async (connection) =>
      work(await connection.global.openDoc(app, "", "", "", flagIn(step, "noData")), connection, step),
    );
  };
}

const layout: LifeStep = async (visit, session, step) => {
  const app = visit.ids.real("App", textIn(step, "app"));
  const entity = await visit.shop.qrs.get(`/app/${app}`);
  const published = typeof entity === "object" && entity !== null && "published" in entity && entity.published === true;
  return withDoc(async (doc) => {
    const { qHasSectionAccess } = await doc.getAppProperties();
    const { qIsOpenedWithoutData } = await doc.getAppLayout();
    return told({
      hasSectionAccess: flag(qHasSectionAccess === true),
      withoutData: flag(qIsOpenedWithoutData === true),
      published: flag(published),
    });
  })(visit, session, step);
};

const setScript: LifeStep = (visit, session, given) =>
  withDoc(async (doc, _connection, step) => {
    await doc.setScript(visit.ids.inText(textIn(step, "script")));
    await doc.doSave();
    return told({ stored: 1 });
  })(visit, session, given);

/** Message that the new rights refuse the one who loaded them (SA-LIF-03). */
const lockedOutCode = 30;

async function saved(doc: Doc, lockedOut: boolean): Promise<void> {
  try {
    await doc.doSave();
  } catch (error) {
    if (!lockedOut || !(error instanceof EngineRefusal)) throw error;
  }
}

const reload = withDoc(async (doc, connection) => {
  const loaded = await doc.doReload();
  const { qPersistentProgressMessages = [] } = await connection.global.getProgress(0);
  const lockedOut = qPersistentProgressMessages.some(({ qMessageCode }) => qMessageCode === lockedOutCode);
  if (loaded) await saved(doc, lockedOut);
  return told({ loaded: flag(loaded), lockedOut: flag(lockedOut) });
});

function answered(answer: Answer, what: string): Outcome {
  if (answer.status === 200 || answer.status === 201) return told({ published: 1 });
  if (answer.status === 403 || answer.status === 401) return { kind: "refused", by: "repository", code: answer.status };
  throw new TargetFault("malformed", `${what} answered ${answer.status}: ${answer.text.slice(0, 120)}`);
}

const publish: LifeStep = async (visit, session, step) => {
  const app = visit.ids.real("App", textIn(step, "app"));
  const stream = visit.ids.real("Stream", textIn(step, "stream"));
  const qrs = openQrs(visit.door.http, session, "hub", visit.door.signal);
  return answered(await qrs.send("PUT", `/app/${app}/publish?stream=${stream}`, {}), "publishing");
};

const republish: LifeStep = async (visit, session, step) => {
  const app = visit.ids.real("App", textIn(step, "app"));
  const over = visit.ids.real("App", textIn(step, "over"));
  const qrs = openQrs(visit.door.http, session, "hub", visit.door.signal);
  return answered(await qrs.send("PUT", `/app/${app}/replace?app=${over}`, {}), "replacing");
};

/** How executions end: 7 finished, 8 failed; others are still under way or were stopped. */
const ended = { success: 7, failure: 8 } as const;
const pollMs = 500;

async function executionStatus(visit: Visit, execution: string): Promise<number> {
  for (;;) {
    visit.door.signal.throwIfAborted();
    const [result] = await visit.shop.qrs.list(
      `/executionresult/full?filter=${encodeURIComponent(`executionId eq ${execution}`)}`,
    );
    const status: Json | undefined = result?.["status"];
    if (typeof status === "number" && status >= 4) return status;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

function executionOf(answer: Answer): string {
  const body: unknown = answer.status === 201 || answer.status === 200 ? jsonOf(answer, "starting a task") : undefined;
  if (typeof body === "object" && body !== null && "value" in body && typeof body.value === "string") return body.value;
  throw new TargetFault("malformed", `starting a task answered ${answer.status}`);
}

/** The task is made and started by the deploying user; it runs as the scheduler (EN-035). */
const reloadByTask: LifeStep = async (visit, _session, step) => {
  const { qrs, tag } = visit.shop;
  const app = visit.ids.real("App", textIn(step, "app"));
  const task = {
    name: `${tag.name} reload`,
    taskType: 0,
    enabled: true,
    taskSessionTimeout: 1440,
    maxRetries: 0,
    isManuallyTriggered: true,
    app: { id: app },
    tags: tag.id === "" ? [] : [{ id: tag.id, name: tag.name }],
  };
  const made = await qrs.create("/reloadtask/create", { task, schemaEvents: [], compositeEvents: [] });
  visit.ledger.add("/reloadtask", made.id);
  const execution = executionOf(await qrs.send("POST", `/task/${made.id}/start/synchronous`, {}));
  const status = await executionStatus(visit, execution);
  if (status !== ended.success && status !== ended.failure)
    throw new TargetFault("malformed", `the task ended with status ${status}`);
  return told({ loaded: flag(status === ended.success) });
};

/** What the exporter sees is exported, put up as an app of its own, and looked at by him. */
const exportReduced: LifeStep = async (visit, session, step) => {
  const app = visit.ids.real("App", textIn(step, "app"));
  let url: string | undefined;
  const outcome = await connected(visit, session, app, async (connection) => {
    const doc = await connection.global.openDoc(app, "", "", "", false);
    ({ qUrl: url } = await doc.exportReducedData({}));
    return told({});
  });
  if (outcome.kind === "refused") return outcome;
  if (url === undefined) throw new TargetFault("malformed", "an export names no file");
  const copy = await uploadExport(visit, await fetchExport(visit, session, url));
  return openAs(visit, session, { app: copy, through: "tables", noData: false });
};

export const lifeSteps: ReadonlyMap<string, LifeStep> = new Map([
  ["open", open],
  ["list", list],
  ["layout", layout],
  ["set-script", setScript],
  ["reload", reload],
  ["reload-by-task", reloadByTask],
  ["publish", publish],
  ["republish", republish],
  ["export-reduced", exportReduced],
]);
