/** Seams of the proxy: fragments and functions a defect may replace. Grown by the proxy's own files. */
export interface ProxySeams {
  readonly [name: string]: unknown;
}
