/** The `qlik` adapter pointed at a freshly served mock: every run exercises the adapter real sites use. */
import type { Dialect } from "../catalogue/dialects.ts";
import type { Target } from "../contract/types.ts";
import { startMock, type RunningMock } from "../mock/server.ts";
import type { Defect } from "../mock/seams.ts";
import type { QlikConfig } from "./qlik/config.ts";
import { qlikTarget } from "./qlik/target.ts";

/** How to reach a running mock; the adapter may write to it. */
export function configOf(mock: RunningMock, dialect?: string): QlikConfig {
  return {
    url: mock.url,
    prefix: mock.prefix,
    caPem: mock.caPem,
    keyPem: mock.jwtKeyPem,
    certificatePem: mock.jwtCertificatePem,
    claims: { userId: "userId", userDirectory: "userDirectory", attributes: { group: "group" } },
    service: {
      certificatePem: mock.clientCertificatePem,
      keyPem: mock.clientKeyPem,
      proxyUrl: mock.proxyServiceUrl,
      repositoryUrl: mock.repositoryServiceUrl,
    },
    admin: mock.admin,
    allowWrites: true,
    dedicated: true,
    ...(dialect === undefined ? {} : { dialect }),
    timeoutMs: 15_000,
  };
}

/** Starts a mock and returns it as a target; `close` stops it. */
export async function mockTarget(dialect: string, defect?: Defect): Promise<Target> {
  return served(await startMock({ dialect, sessionLimit: 5, ...(defect === undefined ? {} : { defect }) }), dialect);
}

/** A mock that follows these readings and declares none of them. */
export async function mockOf(readings: Partial<Dialect>, defect?: Defect): Promise<Target> {
  return served(await startMock({ readings, ...(defect === undefined ? {} : { defect }) }));
}

function served(mock: RunningMock, dialect?: string): Target {
  const inner = qlikTarget(configOf(mock, dialect), { name: "mock" });
  return {
    ...inner,
    // A mock gives away no licences, and its nodes are records.
    capabilities: [...inner.capabilities, "categories"],
    close: async () => {
      await inner.close?.();
      await mock.close();
    },
  };
}
