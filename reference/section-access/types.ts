/** What the oracle answers about one user and one app. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, Reason, ViewTable } from "../../contract/types.ts";
import type { LoadedApp } from "../../reload/model.ts";

export type Reduction =
  | {
      readonly access: "granted";
      /** `OPEN`: the app has no access section, so no level was given. */
      readonly level: "ADMIN" | "USER" | "OPEN";
      /** Names of app fields hidden by OMIT, as the app spells them, sorted. */
      readonly omitted: readonly string[];
      /** Every app table, without omitted fields, rows in load order with their multiplicity. */
      readonly tables: readonly ViewTable[];
      readonly because: readonly Reason[];
    }
  | { readonly access: "denied"; readonly because: readonly Reason[] };

/** How the app stands on the site, for releases that tie section access to publishing (SA-LIF-02). */
export interface AppState {
  readonly published: boolean;
}

/**
 * `reduce` in `spec.ts`: the five-step model (§1 of the section-access catalogue), total for acyclic models.
 * Throws ConformanceError `not-supported` for a circular model.
 */
export type Reduce = (app: LoadedApp, who: Principal, dialect: Dialect, state?: AppState) => Reduction;
