/** Questions whose answers tell the readings of a dialect's switches apart, and what the answers say. */
import type { Dialect, DialectSwitch } from "../../catalogue/dialects.ts";
import type { Reading } from "../../catalogue/readings.ts";
import type { Capability, Outcome, Probe, RequirementId } from "../../contract/types.ts";

/** A user of the probes' site, by the name he has there. */
export type Person = "ann" | "ben" | "carla";

interface Question {
  /** Unique among the probes. */
  readonly id: string;
  /** The statement whose readings it tells apart. */
  readonly requirement: RequirementId;
  /** What is in question, in one line. */
  readonly title: string;
  /** The switches it is asked for; empty for a control. */
  readonly about: readonly DialectSwitch[];
  /** Every switch its answers may depend on, those of `about` among them. */
  readonly depends: readonly DialectSwitch[];
}

/** One app of the apps' site, named as the probe, and who opens it. */
export interface AccessProbe extends Question {
  readonly script: string;
  readonly files?: { readonly [path: string]: string };
  /** Default true. */
  readonly published?: false;
  readonly asks: readonly [Person, ...Person[]];
}

/** Questions to the site of rules and proxies, each by a name of its own. */
export interface SiteProbe extends Question {
  readonly needs: readonly Capability[];
  readonly questions: { readonly [name: string]: Probe };
}

export type AnyProbe = AccessProbe | SiteProbe;

/** One question of a probe. */
export interface ProbeAsk {
  /** `probe/person`, or `probe/question`. */
  readonly id: string;
  readonly of: AnyProbe;
  readonly name: string;
  readonly probe: Probe;
}

/** What a target said to one question, there and on the way back. */
export interface Heard {
  readonly ask: ProbeAsk;
  readonly answers: readonly Outcome[];
}

/** Some readings of some switches. */
export type Setting = Partial<Dialect>;

/** Whether two outcomes are the same answer. */
export type SameAnswer = (expected: Outcome, observed: Outcome) => boolean;

export interface Settled {
  readonly switch: DialectSwitch;
  readonly requirement: RequirementId;
  readonly reading: Reading;
  /** Ids of the asks that are about it; others may have had a share in it. */
  readonly by: readonly string[];
}

/** Readings the answers do not tell apart: the switches concerned, and every combination that explains all answers. */
export interface OpenClass {
  readonly switches: readonly DialectSwitch[];
  readonly alternatives: readonly Setting[];
  /** Set where there are more combinations than are listed; `alternatives` is then each switch's own readings. */
  readonly unlisted?: true;
}

/** Answers that no reading explains: one alone, or several that exclude each other. */
export interface Unexplained {
  readonly kind: "unsteady" | "impossible" | "contradictory";
  /** Ids of the asks. */
  readonly asks: readonly string[];
  /** One line for a person. */
  readonly detail: string;
}

export interface Unheard {
  readonly ask: string;
  readonly code: string;
  readonly detail: string;
}

/** How far a named dialect is from the readings found. */
export interface Nearness {
  readonly dialect: string;
  /** Where it departs: its reading, and what the answers allow. */
  readonly departs: readonly {
    readonly switch: DialectSwitch;
    readonly dialect: Reading;
    readonly target: readonly Reading[];
  }[];
}

export interface Fingerprint {
  readonly settled: readonly Settled[];
  readonly open: readonly OpenClass[];
  readonly unexplained: readonly Unexplained[];
  readonly unheard: readonly Unheard[];
  /** Switches no question put was about. */
  readonly unasked: readonly DialectSwitch[];
  /** Nearest first. */
  readonly dialects: readonly Nearness[];
}
