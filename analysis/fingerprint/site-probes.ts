/** Probes about rules, tokens and the life of an app. Readings of these are told, and nobody is judged by them. */
import type { Credential, Entity, Principal, Probe, Site } from "../../contract/types.ts";
import { idOf, keeper, ruleEntity, userEntity } from "./entities.ts";
import { access, sales, textOf } from "./scripts.ts";
import type { SiteProbe } from "./types.ts";

const dora: Principal = { directory: "CORP", id: "dora", groups: ["TRADERS", "BUYERS"], attributes: {}, session: {} };
const emil: Principal = {
  directory: "CORP",
  id: "emil",
  groups: [],
  attributes: {},
  session: { group: ["NIGHTSHIFT"] },
};
const petra: Principal = { directory: "CORP", id: "petra", groups: [], attributes: {}, session: {} };

interface RuleQuestion {
  /** Name of the stream the rule is about. */
  readonly stream: string;
  readonly rule: string;
  readonly as: Principal;
  /** How the filter writes the type; default `Stream`. */
  readonly type?: string;
}

const ruled: { readonly [id: string]: RuleQuestion } = {
  "pattern-case": { stream: "Paypal", rule: 'resource.name matches ".*PAYP.*"', as: dora },
  "unequal-list": { stream: "Purchase", rule: 'user.group != "TRADERS"', as: dora },
  "unequal-missing": { stream: "Offices", rule: 'user.office != "ROME"', as: dora },
  "filter-case": { stream: "Stock", rule: "", as: dora, type: "stream" },
  "and-beside-or": {
    stream: "Sales",
    rule: 'user.userId = "dora" or user.userId = "emil" and resource.name = "Finance"',
    as: dora,
  },
  "session-group": { stream: "Night", rule: 'user.group = "NIGHTSHIFT"', as: emil },
  "no-rule": { stream: "Closed", rule: 'user.userId = "nobody"', as: dora },
};

function streamId(id: string): string {
  return idOf(`stream ${id}`);
}

function reads(id: string): { readonly [name: string]: Probe } {
  const question = ruled[id];
  if (question === undefined) throw new RangeError(`no rule ${id}`);
  const resource = { type: "Stream", id: streamId(id) };
  return { [question.as.id]: { kind: "decide", as: question.as, resource, action: "read", context: "hub" } };
}

function token(claims: { readonly [name: string]: string }, key: "proxy" | "foreign" = "proxy"): Credential {
  return { by: "jwt", header: { alg: "RS256", typ: "JWT" }, claims, key, expiresIn: 3600 };
}

function login(proxy: string, claims: { readonly [name: string]: string }): Probe {
  return { kind: "login", proxy, with: token(claims) };
}

const doraClaims = { userId: "dora", userDirectory: "CORP" };
const prefixes = { plain: "reading", audience: "readingaud", fixed: "readingdir" };
const appId = idOf("changed rights");
const columns = "ACCESS, USERID, REGION";

function rightsOf(region: string): string {
  return textOf(access(columns, `USER, CORP\\DORA, ${region}`, "USER, CORP\\PETRA, WEST"), sales);
}

/** A step's `with` is plain data. */
function plain(value: Principal | Credential): { readonly [name: string]: string } {
  return JSON.parse(JSON.stringify(value)) as { readonly [name: string]: string };
}

const changedRights: Probe = {
  kind: "converse",
  steps: [
    { actor: "petra", do: "set-script", with: { as: plain(petra), app: appId, script: rightsOf("SOUTH") } },
    { actor: "petra", do: "reload", with: { as: plain(petra), app: appId } },
    { actor: "dora", do: "open", with: { as: plain(dora), app: appId } },
  ],
};

const badTokenBesideCookie: Probe = {
  kind: "converse",
  steps: [
    { actor: "dora", do: "login", with: { proxy: prefixes.plain, credential: plain(token(doraClaims)) } },
    { actor: "dora", do: "whoami", with: { proxy: prefixes.plain, credential: plain(token(doraClaims, "foreign")) } },
  ],
};

/** The probe of the stream that none of these rules opens to its asker. */
export const closedStream = "no-rule";

export const siteProbes: readonly SiteProbe[] = [
  {
    id: closedStream,
    requirement: "SR-101",
    title: "a stream no rule lets the user read",
    about: [],
    depends: [],
    needs: ["audit"],
    questions: reads(closedStream),
  },
  {
    id: "pattern-case",
    requirement: "SR-328",
    title: "a pattern in other letters than the name",
    about: ["matchesCase"],
    depends: ["matchesCase"],
    needs: ["audit"],
    questions: reads("pattern-case"),
  },
  {
    id: "unequal-list",
    requirement: "SR-344",
    title: "two groups against one name by !=",
    about: ["notEqualOnLists"],
    depends: ["notEqualOnLists"],
    needs: ["audit", "groups"],
    questions: reads("unequal-list"),
  },
  {
    id: "unequal-missing",
    requirement: "SR-347",
    title: "an attribute the user has not, by !=",
    about: ["notEqualOnMissing"],
    depends: ["notEqualOnMissing"],
    needs: ["audit"],
    questions: reads("unequal-missing"),
  },
  {
    id: "filter-case",
    requirement: "SR-213",
    title: "a filter that writes the type in small letters",
    about: ["filterCase"],
    depends: ["filterCase"],
    needs: ["audit"],
    questions: reads("filter-case"),
  },
  {
    id: "and-beside-or",
    requirement: "SR-301",
    title: "and beside or without parentheses",
    about: ["precedence"],
    depends: ["precedence"],
    needs: ["audit"],
    questions: reads("and-beside-or"),
  },
  {
    id: "session-group",
    requirement: "IM-049",
    title: "a group of the session in a rule about the user's groups",
    about: ["sessionAttributesPersist"],
    depends: ["sessionAttributesPersist"],
    needs: ["audit", "groups"],
    questions: reads("session-group"),
  },
  {
    id: "audience",
    requirement: "IM-038",
    title: "a token for another audience",
    about: ["audience"],
    depends: ["audience"],
    needs: ["proxies"],
    questions: {
      other: login(prefixes.audience, { ...doraClaims, aud: "mail.example" }),
      right: login(prefixes.audience, { ...doraClaims, aud: "hub.trading.example" }),
    },
  },
  {
    id: "directory-in-brackets",
    requirement: "IM-035",
    title: "a directory written into the proxy's settings",
    about: ["staticDirectory"],
    depends: ["staticDirectory"],
    needs: ["proxies"],
    questions: { dora: login(prefixes.fixed, { userId: "dora" }) },
  },
  {
    id: "token-beside-cookie",
    requirement: "IM-041",
    title: "a bad token beside a good cookie",
    about: ["tokenBesideCookie"],
    depends: ["tokenBesideCookie"],
    needs: ["proxies"],
    questions: { dora: badTokenBesideCookie },
  },
  {
    id: "changed-rights",
    requirement: "SA-LIF-02",
    title: "rights that are changed in a published app, and a reload",
    about: ["reloadApplies"],
    depends: ["reloadApplies"],
    needs: ["reload", "life-cycle"],
    questions: { dora: changedRights },
  },
];

const node = { id: idOf("node"), name: "Central" };

function proxyEntity(prefix: string, settings: { readonly [name: string]: string }): Entity {
  return {
    id: idOf(`proxy ${prefix}`),
    prefix,
    description: `Reading ${prefix}`,
    sessionCookieHeaderName: `X-Qlik-Session-${prefix}`,
    sessionInactivityTimeout: 30,
    authenticationMethod: 4,
    anonymousAccessMode: 0,
    jwtAttributeUserId: "userId",
    jwtAttributeUserDirectory: "userDirectory",
    jwtAudience: "",
    jwtPublicKeyCertificate: "{{proxy certificate}}",
    jwtAttributeMap: [],
    loadBalancingServerNodes: [node],
    websocketCrossOriginWhiteList: [],
    defaultVirtualProxy: false,
    ...settings,
  };
}

const proxies: readonly Entity[] = [
  proxyEntity(prefixes.plain, {}),
  proxyEntity(prefixes.audience, { jwtAudience: "hub.trading.example" }),
  proxyEntity(prefixes.fixed, { jwtAttributeUserDirectory: "[CORP]" }),
];

const shelf = { id: idOf("shelf"), name: "Shelf" };
const update = 4;

function streams(): readonly Entity[] {
  const asked = Object.entries(ruled).map(([id, { stream }]) => ({ id: streamId(id), name: `Reading ${stream}` }));
  return [shelf, ...asked].map((entity) => ({ ...entity, owner: keeper, customProperties: [] }));
}

function rules(): readonly Entity[] {
  const asked = Object.entries(ruled).map(([id, { rule, type = "Stream" }]) =>
    ruleEntity(`Reading ${id}`, `${type}_${streamId(id)}`, rule),
  );
  return [
    ...asked,
    ruleEntity("Reading app", `App_${appId}, Stream_${shelf.id}`, ""),
    ruleEntity("Editing app", `App_${appId}`, 'user.userId = "petra"', update),
  ];
}

/** The site of rules, proxies and one app whose rights are changed. */
export function ruleSite(): Site {
  return {
    entities: {
      User: [dora, emil, petra].map(userEntity),
      Stream: streams(),
      App: [
        { id: appId, name: "Reading changes", owner: keeper, stream: shelf, published: true, customProperties: [] },
      ],
      SystemRule: rules(),
      VirtualProxyConfig: proxies,
      ServerNodeConfiguration: [{ ...node, hostName: "qlik.trading.example", isCentral: true }],
      ProxyService: [
        {
          id: idOf("proxy service"),
          serverNodeConfiguration: node,
          settings: { virtualProxies: proxies.map(({ id, prefix }) => ({ id, prefix: prefix ?? "" })) },
        },
      ],
    },
    apps: { [appId]: { script: rightsOf("NORTH"), files: {} } },
  };
}
