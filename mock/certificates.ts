/** Keys and certificates made at start-up: an authority, the server's certificate, and the key tokens are signed with. */
import { generate } from "selfsigned";

export interface KeyMaterial {
  /** What a client trusts. */
  readonly caPem: string;
  readonly serverKeyPem: string;
  readonly serverCertificatePem: string;
  /** What a service shows to be let in at the certificate doors (IM-110); the key is never logged. */
  readonly clientKeyPem: string;
  readonly clientCertificatePem: string;
  /** Private key tokens are signed with; never logged. */
  readonly jwtKeyPem: string;
  /** What the virtual proxy holds of it. */
  readonly jwtCertificatePem: string;
}

const years = (count: number): Date => new Date(Date.now() + count * 365 * 86_400_000);

async function makeAuthority(): Promise<Authority> {
  const made = await generate([{ name: "commonName", value: "qlik-conformance mock authority" }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate: years(1),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  });
  return { key: made.private, cert: made.cert };
}

interface Authority {
  readonly key: string;
  readonly cert: string;
}

type Extensions = NonNullable<NonNullable<Parameters<typeof generate>[1]>["extensions"]>;

/** A certificate the authority vouches for, of what its extensions say. */
async function issue(ca: Authority, name: string, extensions: Extensions): Promise<{ private: string; cert: string }> {
  return generate([{ name: "commonName", value: name }], {
    keyType: "ec",
    algorithm: "sha256",
    notAfterDate: years(1),
    ca,
    extensions: [{ name: "basicConstraints", cA: false }, ...extensions],
  });
}

const ofServer: Extensions = [
  { name: "extKeyUsage", serverAuth: true },
  {
    name: "subjectAltName",
    altNames: [
      { type: 2, value: "localhost" },
      { type: 7, ip: "127.0.0.1" },
      { type: 7, ip: "::1" },
    ],
  },
];

const ofClient: Extensions = [{ name: "extKeyUsage", clientAuth: true }];

async function make(): Promise<KeyMaterial> {
  const ca = await makeAuthority();
  const [server, client] = await Promise.all([issue(ca, "localhost", ofServer), issue(ca, "QlikClient", ofClient)]);
  const signer = await generate([{ name: "commonName", value: "qlik-conformance mock tokens" }], {
    algorithm: "sha256",
    keySize: 2048,
    notAfterDate: years(1),
  });
  return {
    caPem: ca.cert,
    serverKeyPem: server.private,
    serverCertificatePem: server.cert,
    clientKeyPem: client.private,
    clientCertificatePem: client.cert,
    jwtKeyPem: signer.private,
    jwtCertificatePem: signer.cert,
  };
}

let material: Promise<KeyMaterial> | undefined;

/** The key material of this process: made once, since making it takes longer than starting a server. */
export async function keyMaterial(): Promise<KeyMaterial> {
  material ??= make();
  return material;
}
