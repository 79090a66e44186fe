/** The same tree without its spans, to compare trees that stand at different places. */
export function withoutSpans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== "span");
  return Object.fromEntries(kept.map(([key, part]) => [key, withoutSpans(part)]));
}
