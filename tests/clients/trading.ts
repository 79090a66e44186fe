/** The trading company's example site behind a mock, and the little every client needs: an address, a CA, tokens. */
import { createPrivateKey } from "node:crypto";
import { fileURLToPath } from "node:url";
import { SignJWT } from "jose";
import { readSite } from "../../intake/site.ts";
import { startMock, type RunningMock } from "../../mock/server.ts";

/** Where a mock listens and whom it trusts: in this process or another one. */
export interface Place {
  readonly url: string;
  readonly prefix: string;
  readonly caPem: string;
  readonly keyPem: string;
}

export const exampleFolder: string = fileURLToPath(new URL("../../examples/trading", import.meta.url));

/** Ids of `examples/trading/site.json`. */
export const apps = {
  orders: "7ead1400-0000-4000-8000-000000000401",
  payroll: "7ead1400-0000-4000-8000-000000000402",
  prices: "7ead1400-0000-4000-8000-000000000403",
};

/** What the stream and owner rules of the example let each user list in the hub (its README). */
export const listedFor: { readonly [user in "ann" | "dan" | "frank"]: readonly string[] } = {
  ann: ["Orders", "Price list"],
  dan: ["Draft of orders", "Orders", "Payroll", "Price list"],
  frank: ["Price list"],
};

/** The rows of Orders Ann and Ben see: NORTH and SOUTH of `apps/…401.qvs`, by `data/access.csv`. */
export const ordersOf: { readonly [user: string]: readonly (readonly [number, string, number])[] } = {
  ann: [
    [1001, "Alder Foods", 120],
    [1002, "Alder Foods", 80],
    [1003, "Birch Tools", 45],
  ],
  ben: [[1004, "Cedar Paper", 300]],
};

export async function serveExample(): Promise<RunningMock> {
  return startMock({ site: readSite(exampleFolder).site });
}

export function placeOf(mock: RunningMock): Place {
  return { url: mock.url, prefix: mock.prefix, caPem: mock.caPem, keyPem: mock.jwtKeyPem };
}

/** A token of a user of CORP, good for a minute, or out of date for one. */
export async function tokenFor(place: Place, userId: string, when: "valid" | "expired" = "valid"): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ userDirectory: "CORP", userId })
    .setProtectedHeader({ alg: "RS256", typ: "JWT" })
    .setExpirationTime(when === "valid" ? now + 60 : now - 3600)
    .sign(createPrivateKey(place.keyPem));
}
