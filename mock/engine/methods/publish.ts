import { accessDenied, notFound } from "../errors.ts";
import { textAt } from "../../fields.ts";
import { textParameter } from "../parameters.ts";
import type { Handler } from "../session.ts";

/** Publishes the app to a stream; section access of the last reload is then in force (SA-LIF-02). */
export const publish: Handler = {
  on: "Doc",
  takes: ["qStreamId", "qName"],
  run: ({ context: { repository, apps }, session: { who }, document: { appId }, parameters }) => {
    const stream = repository.entity("Stream", textParameter(parameters, "qStreamId"));
    if (stream === undefined) throw notFound("stream");
    const may =
      repository.may(who, "publish", "App", appId, "hub") && repository.may(who, "publish", "Stream", stream.id, "hub");
    if (!may) throw accessDenied();
    const name = textParameter(parameters, "qName") || textAt(repository.entity("App", appId), "name");
    const modifiedByUserName = `${who.directory}\\${who.id}`;
    const to = { id: stream.id, name: textAt(stream, "name") };
    repository.update("App", appId, { name, published: true, stream: to, modifiedByUserName });
    apps.publish(appId);
    return {};
  },
};
