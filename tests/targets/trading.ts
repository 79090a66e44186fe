/** A small trading site to deploy: one app with section access, one stream, two rules, a JWT proxy. */
import type { Deployment, Principal, Probe, Site, Target } from "../../contract/types.ts";

const script = `
Section Access;
LOAD * INLINE [
ACCESS, USERID, REGION
USER, CORP\\ANN, NORTH
USER, CORP\\BEN, SOUTH
USER, CORP\\DAN, SOUTH
ADMIN, QLIKADMIN\\ADMIN,
];
Section Application;
Orders:
LOAD * INLINE [
ORDERNO, REGION, AMOUNT
1001, NORTH, 120
1002, NORTH, 80
1003, SOUTH, 300
];
`;

const owner = { id: "user-carla", userId: "carla", userDirectory: "CORP" };

const users = ["ann", "ben", "carla", "dan", "erin"].map((userId) => ({
  id: `user-${userId}`,
  userId,
  userDirectory: "CORP",
  name: userId,
  roles: [],
}));

export const site: Site = {
  entities: {
    User: users,
    Stream: [{ id: "stream-sales", name: "Sales", owner }],
    App: [{ id: "app-orders", name: "Orders", owner, stream: { id: "stream-sales", name: "Sales" }, published: true }],
    SystemRule: [
      {
        id: "rule-read",
        name: "Sales read",
        category: "Security",
        type: "Custom",
        resourceFilter: "Stream_*, App_*",
        actions: 2,
        rule: '!user.IsAnonymous() and !(user.name = "erin")',
        ruleContext: 0,
        disabled: false,
      },
    ],
    VirtualProxyConfig: [
      {
        id: "proxy-reports",
        prefix: "reports",
        description: "Reporting tool",
        sessionCookieHeaderName: "X-Qlik-Session-reports",
        authenticationMethod: 4,
        anonymousAccessMode: 0,
        jwtAttributeUserId: "userId",
        jwtAttributeUserDirectory: "userDirectory",
        jwtPublicKeyCertificate: "{{proxy certificate}}",
        jwtAttributeMap: [],
        loadBalancingServerNodes: [{ id: "node" }],
      },
    ],
    ProxyService: [{ id: "service", settings: { virtualProxies: [{ id: "proxy-reports" }] } }],
  },
  apps: { "app-orders": { script, files: {} } },
  datasources: { Monthly: { proxy: "reports", defaultDirectory: "CORP", defaultUser: "ann" } },
};

export function principal(id: string, directory = "CORP"): Principal {
  return { directory, id, groups: [], attributes: {}, session: {} };
}

export function openBy(id: string, through: "tables" | "hypercube" | "counts" = "tables"): Probe {
  return { kind: "open", app: "app-orders", as: principal(id), through };
}

export function decideFor(id: string): Probe {
  const resource = { type: "App", id: "app-orders" };
  return { kind: "decide", as: principal(id), resource, action: "read", context: "hub" };
}

export function loginOf(userId: string): Probe {
  const claims = { userId, userDirectory: "CORP" };
  return {
    kind: "login",
    proxy: "reports",
    with: { by: "jwt", header: { alg: "RS256", typ: "JWT" }, claims, key: "proxy", expiresIn: 60 },
  };
}

/** What Ann sees of Orders: the two rows of NORTH. */
export const annSees = {
  kind: "view",
  fields: ["AMOUNT", "ORDERNO", "REGION"],
  tables: [
    {
      name: "Orders",
      fields: ["ORDERNO", "REGION", "AMOUNT"],
      rows: [
        [1001, "NORTH", 120],
        [1002, "NORTH", 80],
      ],
    },
  ],
} as const;

export const never: AbortSignal = new AbortController().signal;

export async function deploy(target: Target, of: Site = site): Promise<Deployment> {
  return target.prepare(of, { mode: "deploy", tag: "qlik-conformance-test", signal: never });
}
