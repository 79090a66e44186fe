/** The public names of the seams: types and errors. Parsers stay a module of their own, so that this loads no zod. */
export type * from "./types.ts";
export type * from "./run.ts";
export * from "./errors.ts";
