/** `serve`: the mock site as a server, for trying clients and scripts without a Qlik. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dialectOf, defaultDialect } from "../../catalogue/dialects.ts";
import { readSite } from "../../intake/site.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";
import { read, type Command } from "../arguments.ts";
import { defectNamed } from "../../targets/defects.ts";
import { note, say, sayJson, type ExitCode } from "../output.ts";

export const command: Command = {
  name: "serve",
  summary: "Serves a mock Qlik Sense site over TLS on this machine, until it is stopped with Ctrl-C.",
  options: {
    site: { value: "DIR", help: "the site to serve; absent: an empty one" },
    port: { value: "N", help: "the port (default: one the system chooses)" },
    host: { value: "ADDRESS", help: "the address to listen on (default 127.0.0.1)" },
    dialect: { value: "NAME", help: `which documented reading it follows (default ${defaultDialect})` },
    defect: { value: "NAME", help: "a named wrong to start with (see list --defects)" },
    "shipped-rules": { help: "with the rules a site ships, as far as their text is known" },
    json: { help: "print where it listens as JSON" },
  },
  examples: [
    "qlik-conformance serve --site examples/trading",
    "qlik-conformance serve --port 4443 --defect star-means-everything",
  ],
};

/** Where it listens, and the files that let a client in. */
interface Papers {
  readonly url: string;
  readonly prefix: string;
  readonly ca: string;
  readonly signingKey: string;
  readonly admin: string;
  readonly service: {
    readonly certificate: string;
    readonly key: string;
    readonly proxy: string;
    readonly repository: string;
  };
}

/** Keys and certificates go to files only their owner may read; none is printed. */
function writePapers(mock: RunningMock, folder: string): Papers {
  const written = (name: string, pem: string): string => {
    const path = join(folder, name);
    writeFileSync(path, pem, { mode: 0o600 });
    return path;
  };
  return {
    url: mock.url,
    prefix: mock.prefix,
    ca: written("ca.pem", mock.caPem),
    signingKey: written("signing-key.pem", mock.jwtKeyPem),
    admin: `${mock.admin.directory}\\${mock.admin.id}`,
    service: {
      certificate: written("client.pem", mock.clientCertificatePem),
      key: written("client-key.pem", mock.clientKeyPem),
      proxy: mock.proxyServiceUrl,
      repository: mock.repositoryServiceUrl,
    },
  };
}

function asText(papers: Papers): string {
  return [
    `Mock Qlik Sense site at ${papers.url}`,
    `  virtual proxy   ${papers.url}/${papers.prefix}/ (JWT; claims userId, userDirectory)`,
    `  CA certificate  ${papers.ca}`,
    `  signing key     ${papers.signingKey}`,
    `  administrator   ${papers.admin}`,
    `  for services    proxy ${papers.service.proxy}, repository ${papers.service.repository}`,
    `                  with ${papers.service.certificate} and ${papers.service.key}`,
    "Stop with Ctrl-C.",
  ].join("\n");
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}

export async function run(words: readonly string[]): Promise<ExitCode> {
  const given = read(command, words);
  const port = given.number("port", 0, { least: 0, most: 65_535 });
  const dialect = given.text("dialect") ?? defaultDialect;
  dialectOf(dialect);
  const defectName = given.text("defect");
  const defect = defectName === undefined ? undefined : defectNamed(defectName);
  const folder = given.text("site");
  const loaded = folder === undefined ? undefined : readSite(folder);
  for (const line of loaded?.notes ?? []) note(line);
  const mock = await startMock({
    port,
    dialect,
    ...(given.text("host") === undefined ? {} : { host: given.text("host") ?? "" }),
    ...(defect === undefined ? {} : { defect }),
    ...(loaded === undefined ? {} : { site: loaded.site }),
    shippedRules: given.has("shipped-rules"),
  });
  const keys = mkdtempSync(join(tmpdir(), "qlik-conformance-"));
  try {
    const stopped = untilStopped();
    const papers = writePapers(mock, keys);
    if (given.has("json")) sayJson(papers);
    else say(asText(papers));
    await stopped;
  } finally {
    rmSync(keys, { recursive: true, force: true });
    await mock.close();
  }
  return 0;
}
