/** The requests that change nothing: all that a run may send which was not allowed to write. */

/** Any segments of a prefix, none of which begins the repository's or the proxy's own paths or leads elsewhere. */
const prefix = String.raw`^(?:\/(?!q[rp]s(?:\/|$))(?!\.+(?:\/|$))[\w.~-]+)*`;

/** Entities that are listed, whole or in short, counted, or read one by one. */
const entities = [
  "user",
  "userdirectory",
  "custompropertydefinition",
  "stream",
  "app",
  "app/object",
  "dataconnection",
  "reloadtask",
  "schemaevent",
  "compositeevent",
  "executionresult",
  "tag",
  "systemrule",
  "virtualproxyconfig",
  "proxyservice",
  "servernodeconfiguration",
  String.raw`license/\w+group`,
];

/** Of an entity: the words that follow a type (`import`, `export`) have neither digits nor hyphens. */
const id = String.raw`(?=[^/]*[\d-])[\p{L}\p{N}_-]+`;

function pattern(path: string): RegExp {
  return new RegExp(`${prefix}${path}$`, "iu");
}

const reads: readonly RegExp[] = [
  pattern(String.raw`\/qps\/(?:csrftoken|user)`),
  pattern(String.raw`\/qrs\/app\/hublist\/full`),
  pattern(String.raw`\/qrs\/(?:${entities.join("|")})(?:\/(?:full|count|${id}))?`),
];

/** POSTs that ask: audits, what the caller could do, and which sections of the QMC he sees. */
const asks: readonly RegExp[] = [
  pattern(String.raw`\/qrs\/systemrule\/security\/audit(?:\/matrix)?`),
  pattern(String.raw`\/qrs\/systemrule\/(?:license|sync)\/audit\/matrix`),
  pattern(String.raw`\/qrs\/systemrule\/security\/evaluatetransientresources`),
  pattern(String.raw`\/qrs\/[a-z.]+(?:\/object)?\/previewprivileges`),
];

const known: { readonly [method: string]: readonly RegExp[] } = { GET: reads, POST: asks };

/** Whether the request is one of the few that a run sends to read; `path` may have a query. */
export function isReading(method: string, path: string): boolean {
  const [bare = ""] = path.split("?");
  return (known[method] ?? []).some((one) => one.test(bare));
}
