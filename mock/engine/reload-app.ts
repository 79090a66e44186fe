/** A reload as asked by a client: with his rights, and then with his view of the new data (EN-035). */
import { ConformanceError, formatError, isKnownError } from "../../contract/errors.ts";
import { accessDenied } from "./errors.ts";
import { isPublished } from "./published.ts";
import type { Identity } from "../identity.ts";
import { documentWith, type DocumentCall, type EngineContext, type OpenDocument } from "./session.ts";

/** Message of a reload that locked the one who ran it out (SA-LIF-03). */
const deniedAfterReload = {
  qMessageCode: 30,
  qMessageParameters: [
    "Access was denied after reload. Check that the user that reloads the script is included in the section access part",
  ],
};

/** Whether the script ran; a mistake in it is told by GetProgress, not as an error. */
export async function runReload({ context, session, document }: DocumentCall): Promise<boolean> {
  const { appId, withoutData } = document;
  const { repository, seams, apps } = context;
  if (!seams.mayEditScript(repository, session.who, appId)) throw accessDenied();
  session.messages = [];
  try {
    apps.reload(appId, isPublished(repository, appId));
  } catch (error) {
    if (!isKnownError(error)) throw error;
    session.messages = [scriptMessage(error)];
    return false;
  }
  if (withoutData) return true;
  const answer = await context.reduce(session.who, appId, "");
  if (answer.access === "denied" && seams.tellsLockout) session.messages = [deniedAfterReload];
  session.document = answer.access === "denied" ? emptyDocument(appId) : documentWith(context, appId, answer.tables);
  return true;
}

/** A task opens the app as the scheduler's account before it runs the script (EN-035, SA-LIF-01). */
export async function runTask(context: EngineContext, starter: Identity, appId: string): Promise<boolean> {
  const { repository, seams, apps } = context;
  const answer = await context.reduce(seams.taskRunsAs(starter), appId, "");
  if (answer.access === "denied") return false;
  try {
    apps.reload(appId, isPublished(repository, appId));
    return true;
  } catch (error) {
    if (isKnownError(error)) return false;
    throw error;
  }
}

/** Nothing is left to see for one the new rights refuse. */
function emptyDocument(appId: string): OpenDocument {
  return { appId, withoutData: false, view: [], counted: [] };
}

function scriptMessage(error: ConformanceError): { qMessageCode: number; qMessageParameters: string[] } {
  return { qMessageCode: 0, qMessageParameters: [formatError(error)] };
}
