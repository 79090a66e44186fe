/** What a run is asked to do, as data: handed from the command to Playwright's processes, or built from the environment. */
import { dialectNames, defaultDialect } from "../catalogue/dialects.ts";
import { ConformanceError } from "../contract/errors.ts";
import type { Area } from "../contract/types.ts";

export const areas: readonly Area[] = ["section-access", "impersonation", "rules"];

export interface Chosen {
  readonly target: string;
  readonly suites: readonly Area[];
  readonly seed: number;
  /** Cases per campaign. */
  readonly cases: number;
  readonly dialect: string;
  readonly defect?: string;
  readonly strict: boolean;
  /** A site folder: cases are derived from it instead of the golden ones. */
  readonly site?: string;
  readonly config?: string;
  readonly allowWrites: boolean;
  readonly reveal: boolean;
  /** Who tells of failures: each test, or the record alone (a failed test costs Playwright a new worker). */
  readonly toldBy?: "tests" | "record";
  /** Folder the reports go to. */
  readonly out: string;
}

export const defaults: Chosen = {
  target: "mock",
  suites: areas,
  seed: 1,
  cases: 20,
  dialect: defaultDialect,
  strict: false,
  allowWrites: false,
  reveal: false,
  out: "out",
};

/** Environment variable that carries the choice to Playwright. */
export const variable = "QLIK_CONFORMANCE_RUN";

/** The choice of this process: from the command, or the defaults where Playwright was started by hand. Throws `usage`. */
export function chosenFrom(environment: NodeJS.ProcessEnv): Chosen {
  const text = environment[variable];
  if (text === undefined) return defaults;
  try {
    return { ...defaults, ...(JSON.parse(text) as Partial<Chosen>) };
  } catch (cause) {
    throw new ConformanceError("usage", `${variable} is not JSON`, {
      expected: `an object such as {"target":"mock","seed":1}; dialects: ${dialectNames.join(", ")}`,
      cause,
    });
  }
}
