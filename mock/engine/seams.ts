/** Seams of the engine: fragments and functions a defect may replace. Grown by the engine's own files. */
export interface EngineSeams {
  readonly [name: string]: unknown;
}
