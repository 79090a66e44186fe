/** An engine that greets and holds no data: what the mock runs with where only proxy and repository matter. */
import type { Identity } from "./identity.ts";
import type { EngineConnection, EnginePort, EngineTransport } from "./ports.ts";

function connect(_who: Identity, transport: EngineTransport): EngineConnection {
  transport.send(
    JSON.stringify({ jsonrpc: "2.0", method: "OnConnected", params: { qSessionState: "SESSION_CREATED" } }),
  );
  return { receive: async () => {}, close: () => {} };
}

export const noEngine: EnginePort = {
  connect,
  install: async () => {},
  attach: () => {},
  drop: async () => {},
  copy: async () => {},
  close: async () => {},
};
