import { textAt, isRecord } from "../../fields.ts";
import { recordParameter } from "../parameters.ts";
import { handOut, type Handler } from "../session.ts";

/** An object of this session: a hypercube, a list object or a list of fields. */
export const createSessionObject: Handler = {
  on: "Doc",
  takes: ["qProp"],
  run: ({ session, parameters }) => {
    const properties = recordParameter(parameters, "qProp");
    const info = isRecord(properties["qInfo"]) ? properties["qInfo"] : {};
    const type = textAt(info, "qType");
    const id = textAt(info, "qId") || `object-${session.receivers.size}`;
    const object = { id, properties: { ...properties, qInfo: { ...info, qId: id, qType: type } } };
    const handle = handOut(session, { kind: "GenericObject", object });
    return { qReturn: { qType: "GenericObject", qHandle: handle, qGenericType: type, qGenericId: id } };
  },
};
