/** Seams of the rules: fragments and functions a defect may replace. Grown by the engine's own files. */
export interface RuleSeams {
  readonly [name: string]: unknown;
}
