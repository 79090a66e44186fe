/** The folders of the product; the root listing is the architecture. */
export type Room =
  | "contract"
  | "languages"
  | "catalogue"
  | "reload"
  | "reference"
  | "generators"
  | "intake"
  | "analysis"
  | "mock"
  | "targets"
  | "harness"
  | "reports"
  | "suites"
  | "cli";

export const rooms: readonly Room[] = [
  "contract",
  "languages",
  "catalogue",
  "reload",
  "reference",
  "generators",
  "intake",
  "analysis",
  "mock",
  "targets",
  "harness",
  "reports",
  "suites",
  "cli",
];
