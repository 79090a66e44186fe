/** What a condition may ask of each resource type (SR-405, SR-408, SR-421; catalogue §4.3). Names compare in lower case. */

export interface ResourceType {
  /** Properties beside `id`, `name` and `resourcetype`, which every resource has. */
  readonly properties: readonly string[];
  /** Relations by name, each with the type it leads to. */
  readonly relations: { readonly [relation: string]: string };
  /** Whether values of custom properties may hang on it. */
  readonly custom: boolean;
}

const owner = { owner: "User" };
const plain: ResourceType = { properties: [], relations: {}, custom: false };
const withCustom: ResourceType = { ...plain, custom: true };
const component: ResourceType = { ...plain, relations: { app: "App" } };

const types: ReadonlyMap<string, ResourceType> = new Map(
  Object.entries({
    app: { ...withCustom, relations: { ...owner, stream: "Stream" } },
    "app.object": {
      properties: ["description", "objecttype", "published", "approved"],
      relations: { ...owner, app: "App" },
      custom: false,
    },
    stream: { ...withCustom, relations: owner },
    dataconnection: { ...withCustom, properties: ["type"], relations: owner },
    contentlibrary: { ...withCustom, relations: owner },
    extension: { ...withCustom, relations: owner },
    staticcontentreference: { ...plain, relations: { contentlibrarys: "ContentLibrary" } },
    reloadtask: { ...withCustom, relations: { app: "App" } },
    systemrule: { ...plain, properties: ["category", "subcategory", "type", "resourcefilter"] },
    user: withCustom,
    analyticconnection: withCustom,
    engineservice: withCustom,
    externalprogramtask: withCustom,
    servernodeconfiguration: withCustom,
    printingservice: withCustom,
    proxyservice: withCustom,
    repositoryservice: withCustom,
    schedulerservice: withCustom,
    usersynctask: withCustom,
    virtualproxyconfig: withCustom,
  }),
);

/** A type the table does not list has its id and name only; the parts of an app also lead to the app. */
export function resourceTypeOf(type: string): ResourceType {
  const lower = type.toLowerCase();
  return types.get(lower) ?? (lower.startsWith("app.") ? component : plain);
}

/** Types whose resources have an owner. */
export function isOwnedType(type: string): boolean {
  return Object.hasOwn(resourceTypeOf(type).relations, "owner");
}
