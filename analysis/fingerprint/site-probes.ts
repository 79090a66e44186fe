/** Probes about rules, tokens and the life of an app. Readings of these are told, and nobody is judged by them. */
import type { Credential, Entity, Principal, Probe, Site } from "../../contract/types.ts";
import { idOf, keeper, ruleEntity, userEntity } from "./entities.ts";
import { dora, emil, probedApps, probedRules, probedStreams, ruleProbes } from "./rule-probes.ts";
import { access, sales, textOf } from "./scripts.ts";
import type { SiteProbe } from "./types.ts";

const petra: Principal = { directory: "CORP", id: "petra", groups: [], attributes: {}, session: {} };

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

export const siteProbes: readonly SiteProbe[] = [
  ...ruleProbes,
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
  return [{ ...shelf, owner: keeper, customProperties: [] }, ...probedStreams()];
}

function rules(): readonly Entity[] {
  return [
    ...probedRules(),
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
        ...probedApps(),
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
