/** The entity types the repository keeps: route, fields of the condensed form, and what a new one is filled with. */
import type { Entity } from "../../contract/types.ts";
import type { Fields } from "../fields.ts";

export interface EntityType {
  /** Name as in `schemaPath` and in rules. */
  readonly name: string;
  /** Path under `/qrs`. */
  readonly route: string;
  readonly condensed: readonly string[];
  readonly defaults: Fields;
  /** Defaults that rules can read: a new entity gets them, one of a site file says itself what it is. */
  readonly readable?: Fields;
  /** Fields a body must bring. */
  readonly required: readonly string[];
}

const zeroId = "00000000-0000-0000-0000-000000000000";

/** What an unpublished app shows as time of publication (QR B4). */
const neverPublished = "1753-01-01T00:00:00.000Z";

const appFields: Fields = {
  name: "",
  appId: "",
  sourceAppId: zeroId,
  targetAppId: zeroId,
  publishTime: neverPublished,
  published: false,
  description: "",
  stream: null,
  fileSize: 0,
  lastReloadTime: neverPublished,
  thumbnail: "",
  savedInProductVersion: "12.2528.0",
  migrationHash: "",
  dynamicColor: "",
  availabilityStatus: 0,
};

const ruleFields: Fields = {
  category: "Security",
  rule: "",
  comment: "",
  disabled: false,
  ruleContext: 0,
  seedId: zeroId,
  version: 0,
};

/** IM-004. */
const proxyFields: Fields = {
  prefix: "",
  description: "",
  sessionCookieHeaderName: "",
  sessionCookieDomain: "",
  sessionInactivityTimeout: 30,
  extendedSecurityEnvironment: false,
  defaultVirtualProxy: false,
  additionalResponseHeaders: "",
  websocketCrossOriginWhiteList: [],
  authenticationMethod: 0,
  authenticationModuleRedirectUri: "",
  loadBalancingServerNodes: [],
  anonymousAccessMode: 0,
  windowsAuthenticationEnabledDevicePattern: "Windows",
  headerAuthenticationHeaderName: "",
  headerAuthenticationStaticUserDirectory: "",
  headerAuthenticationDynamicUserDirectory: "",
  hasSecureAttributeHttps: true,
  sameSiteAttributeHttps: 0,
  hasSecureAttributeHttp: false,
  sameSiteAttributeHttp: 0,
  jwtAttributeUserId: "",
  jwtAttributeUserDirectory: "",
  jwtAudience: "",
  jwtPublicKeyCertificate: "",
  jwtAttributeMap: [],
};

export const types: readonly EntityType[] = [
  {
    name: "User",
    route: "user",
    condensed: ["userId", "userDirectory", "userDirectoryConnectorName", "name"],
    defaults: {
      userDirectoryConnectorName: "",
      roles: [],
      attributes: [],
      inactive: false,
      removedExternally: false,
      blacklisted: false,
      deleteProhibited: false,
    },
    required: ["userId", "userDirectory"],
  },
  {
    name: "UserDirectory",
    route: "userdirectory",
    condensed: ["name", "userDirectoryName", "configured", "operational", "type", "syncOnlyLoggedInUsers"],
    defaults: {
      configured: true,
      operational: true,
      type: "LDAP.ActiveDirectory",
      syncOnlyLoggedInUsers: true,
      syncStatus: 0,
      syncLastStarted: neverPublished,
      syncLastSuccessfulEnded: neverPublished,
      configuredError: "",
      operationalError: "",
      settings: [],
    },
    required: ["name", "userDirectoryName"],
  },
  {
    name: "CustomPropertyDefinition",
    route: "custompropertydefinition",
    condensed: ["name", "valueType", "choiceValues"],
    defaults: { valueType: "Text", choiceValues: [], objectTypes: [], description: "" },
    required: ["name"],
  },
  { name: "Stream", route: "stream", condensed: ["name"], defaults: {}, required: ["name"] },
  {
    name: "App",
    route: "app",
    condensed: ["name", "appId", "publishTime", "published", "stream", "savedInProductVersion", "availabilityStatus"],
    defaults: appFields,
    required: ["name"],
  },
  {
    name: "App.Object",
    route: "app.object",
    condensed: ["name", "engineObjectId", "objectType", "description", "publishTime", "published", "approved"],
    defaults: { engineObjectId: "", publishTime: neverPublished, app: null },
    readable: { name: "", objectType: "sheet", description: "", published: false, approved: false },
    required: [],
  },
  {
    name: "DataConnection",
    route: "dataconnection",
    condensed: ["name", "connectionstring", "type"],
    defaults: { connectionstring: "", username: "", password: "", architecture: 0, logOn: 0 },
    readable: { type: "folder" },
    required: ["name"],
  },
  {
    name: "ReloadTask",
    route: "reloadtask",
    condensed: ["name", "enabled", "taskType"],
    defaults: { enabled: true, taskType: 0, taskSessionTimeout: 1440, maxRetries: 0, isManuallyTriggered: false },
    required: ["name"],
  },
  {
    name: "SchemaEvent",
    route: "schemaevent",
    condensed: ["name", "enabled"],
    defaults: { enabled: true },
    required: [],
  },
  {
    name: "CompositeEvent",
    route: "compositeevent",
    condensed: ["name", "enabled"],
    defaults: { enabled: true },
    required: [],
  },
  { name: "Tag", route: "tag", condensed: ["name"], defaults: {}, required: ["name"] },
  { name: "ExecutionResult", route: "executionresult", condensed: ["status"], defaults: { status: 0 }, required: [] },
  {
    name: "SystemRule",
    route: "systemrule",
    condensed: ["category", "subcategory", "type", "name", "resourceFilter", "actions", "disabled", "ruleContext"],
    defaults: ruleFields,
    readable: { subcategory: "", type: "Custom" },
    required: ["name", "resourceFilter", "actions"],
  },
  {
    name: "VirtualProxyConfig",
    route: "virtualproxyconfig",
    condensed: ["prefix", "description", "sessionCookieHeaderName", "defaultVirtualProxy"],
    defaults: proxyFields,
    required: ["description", "sessionCookieHeaderName"],
  },
  { name: "ProxyService", route: "proxyservice", condensed: ["serverNodeConfiguration"], defaults: {}, required: [] },
  {
    name: "ServerNodeConfiguration",
    route: "servernodeconfiguration",
    condensed: ["name", "hostName"],
    defaults: { hostName: "localhost", isCentral: false },
    required: ["name"],
  },
  {
    name: "ContentLibrary",
    route: "contentlibrary",
    condensed: ["name", "type"],
    defaults: { type: "" },
    required: ["name"],
  },
  ...["UserAccess", "LoginAccess", "ProfessionalAccess", "AnalyzerAccess"].map((access) => ({
    name: `License.${access}Group`,
    route: `license.${access}group`.toLowerCase(),
    condensed: ["name"],
    defaults: {},
    required: ["name"],
  })),
  { name: "Extension", route: "extension", condensed: ["name"], defaults: {}, required: ["name"] },
];

export function typeByRoute(route: string): EntityType | undefined {
  return types.find((type) => type.route === route.toLowerCase());
}

/** The type of this name; a name of no known type gets the bare fields every entity has. */
export function typeByName(name: string): EntityType {
  const known = types.find((type) => type.name.toLowerCase() === name.toLowerCase());
  return known ?? { name, route: name.toLowerCase(), condensed: ["name"], defaults: {}, required: [] };
}

/** An entity of a site file with the fields every entity of its type has, under what it brings itself. */
export function complete(type: EntityType, entity: Entity, now: string): Entity {
  return {
    createdDate: now,
    modifiedDate: now,
    modifiedByUserName: "INTERNAL\\sa_repository",
    customProperties: [],
    tags: [],
    ...type.defaults,
    ...(type.name === "App" ? { appId: entity.id } : {}),
    ...(type.name === "User" ? { name: entity["userId"] ?? "" } : {}),
    ...entity,
    privileges: null,
    schemaPath: type.name,
  };
}
