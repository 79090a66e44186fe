import { accessDenied, appAlreadyOpen, appNotFound } from "../errors.ts";
import { flagParameter, textParameter } from "../parameters.ts";
import {
  documentHandle,
  documentWith,
  documentWithoutData,
  type GlobalCall,
  type Handler,
  type OpenDocument,
} from "../session.ts";
import { documentReturn } from "../answers.ts";

/** Opens an app: it exists, the rules let the user read it, section access lets him in, then data are loaded (EN-020). */
export const openDoc: Handler = {
  on: "Global",
  takes: ["qDocName", "qUserName", "qPassword", "qSerial", "qNoData"],
  run: async (call) => {
    const { context, session, parameters } = call;
    const appId = textParameter(parameters, "qDocName");
    if (session.document !== undefined) throw appAlreadyOpen();
    if (context.repository.entity("App", appId) === undefined) throw appNotFound(appId);
    if (!context.seams.mayOpen(context.repository, session.who, appId)) throw accessDenied();
    if (!context.apps.hasFile(appId)) throw appNotFound(appId); // QR-009
    session.document = flagParameter(parameters, "qNoData") ? withoutData(call, appId) : await withData(call, appId);
    session.receivers.set(documentHandle, { kind: "Doc" });
    return { qReturn: documentReturn(appId) };
  },
};

/** The way back in for one who may edit the script, also where section access refuses him (EN-030, SA-LIF-04). */
function withoutData({ context, session }: GlobalCall, appId: string): OpenDocument {
  if (!context.seams.mayOpenWithoutData(context.repository, session.who, appId)) throw accessDenied();
  return documentWithoutData(appId);
}

async function withData({ context, session, parameters }: GlobalCall, appId: string): Promise<OpenDocument> {
  const answer = await context.reduce(session.who, appId, textParameter(parameters, "qUserName"));
  if (answer.access === "denied") throw accessDenied(); // SA-ERR-02
  return documentWith(context, appId, answer.tables);
}
