/** Keeps keys, tokens, cookies and passwords out of whatever is written; and addresses out of what must be repeatable. */

const mask = "[redacted]";

interface Rule {
  readonly pattern: RegExp;
  readonly replacement: string;
}

/** In this order: the widest block first, so that no rule leaves half a secret for the next. */
const secrets: readonly Rule[] = [
  { pattern: /-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|$)/g, replacement: `${mask} PEM` },
  { pattern: /((?:^|[\s"'{,;])(?:set-)?cookie["']?\s*[:=]\s*["']?)[^"'\r\n]+/gi, replacement: `$1${mask}` },
  { pattern: /((?:proxy-)?authorization["']?\s*[:=]\s*["']?)[^"'\r\n]+/gi, replacement: `$1${mask}` },
  { pattern: /\b(bearer|basic|negotiate|ntlm)\s+[\w.~+/=-]{6,}/gi, replacement: `$1 ${mask}` },
  { pattern: /\beyJ[\w-]{4,}\.[\w-]*(?:\.[\w-]*)?/g, replacement: `${mask} token` },
  {
    pattern: /(X-Qlik-(?:Session|Xrfkey|CSRF-Token)[\w-]*["']?\s*[:=]\s*["']?)[^\s"'&;,]+/gi,
    replacement: `$1${mask}`,
  },
  {
    pattern:
      /((?:qlikTicket|xrfkey|pass(?:word|wd|phrase)?|pwd|secret|client_secret|api[_-]?key|access[_-]?token|refresh[_-]?token|id[_-]?token|private[_-]?key|session[_-]?id)["']?\s*[:=]\s*["']?)[^\s"'&;,}]+/gi,
    replacement: `$1${mask}`,
  },
  // What a key looks like when somebody pasted it without its header.
  { pattern: /\bMII[A-Za-z0-9+/=]{60,}/g, replacement: `${mask} key` },
];

/** The text without secrets. Redacting twice changes nothing more. */
export function redact(text: string): string {
  return secrets.reduce((clean, { pattern, replacement }) => clean.replaceAll(pattern, replacement), text);
}

const secretNames =
  /^(?:authorization|cookie|set-cookie|password|passwd|pwd|passphrase|secret|privatekey|private_key|token|ticket|d|p|q|dp|dq|qi)$/i;

/** Private parts of a JWK are called d, p, q, dp, dq, qi; elsewhere those names are innocent. */
function isSecretName(name: string, among: object): boolean {
  return name.length > 2 ? secretNames.test(name) : secretNames.test(name) && Object.hasOwn(among, "kty");
}

/** Plain data without secrets, whatever their depth: texts that hold one are masked, a secret's name empties its value. */
export function redactJson<T>(value: T): T {
  // Same shape, other texts.
  return redactPart(value) as T;
}

function redactPart(value: unknown): unknown {
  if (typeof value === "string") return redact(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(redactPart);
  const entries = Object.entries(value).map(([name, part]: [string, unknown]): readonly [string, unknown] => [
    name,
    typeof part === "string" && part !== "" && isSecretName(name, value) ? mask : redactPart(part),
  ]);
  return Object.fromEntries(entries);
}

const varying: readonly Rule[] = [
  { pattern: /\b(?:https?|wss?):\/\/[^\s"'<>/]+/gi, replacement: "[address]" },
  { pattern: /\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, replacement: "[address]" },
  { pattern: /(?:\[?::1\]?|\blocalhost)(?::\d+)?\b/gi, replacement: "[address]" },
  { pattern: /\b[\w-]+(?:\.[\w-]+)+:\d{2,5}\b/g, replacement: "[address]" },
  { pattern: /\bport \d{2,5}\b/gi, replacement: "port [number]" },
  { pattern: /\b\d+(?:\.\d+)? ?(?:ms|milliseconds|seconds|s)\b/g, replacement: "[duration]" },
  { pattern: /\b\d{4}-\d{2}-\d{2}T[\d:.]+Z?/g, replacement: "[time]" },
  { pattern: /(?:file:\/\/)?(?:\/(?:tmp|var|home|private|root)\/|[A-Z]:\\)[^\s"'<>]*/g, replacement: "[path]" },
];

/** A detail for the record: one line without secrets, addresses, times and paths, so that equal runs stay equal. */
export function repeatable(text: string): string {
  const line = redact(text)
    .replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .trim();
  return varying
    .reduce((clean, { pattern, replacement }) => clean.replaceAll(pattern, replacement), line)
    .slice(0, 300);
}
