/** The `qlik` adapter pointed at a freshly served mock: every run exercises the adapter real sites use. */
import type { Target } from "../contract/types.ts";
import { startMock, type RunningMock } from "../mock/server.ts";
import type { Defect } from "../mock/seams.ts";
import type { QlikConfig } from "./qlik/config.ts";
import { qlikTarget } from "./qlik/target.ts";

/** How to reach a running mock; the adapter may write to it. */
export function configOf(mock: RunningMock, dialect: string): QlikConfig {
  return {
    url: mock.url,
    prefix: mock.prefix,
    caPem: mock.caPem,
    keyPem: mock.jwtKeyPem,
    certificatePem: mock.jwtCertificatePem,
    claims: { userId: "userId", userDirectory: "userDirectory", attributes: { group: "group" } },
    admin: mock.admin,
    allowWrites: true,
    dialect,
    timeoutMs: 15_000,
  };
}

/** Starts a mock and returns it as a target; `close` stops it. */
export async function mockTarget(dialect: string, defect?: Defect): Promise<Target> {
  const mock = await startMock({ dialect, ...(defect === undefined ? {} : { defect }) });
  const inner = qlikTarget(configOf(mock, dialect), { name: "mock" });
  return {
    ...inner,
    close: async () => {
      await inner.close?.();
      await mock.close();
    },
  };
}
