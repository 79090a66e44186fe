/** The head of a report: what was run, how it ended, where each area stands. */
import type { AreaHeadline, RunRecord } from "../contract/run.ts";
import type { Standing } from "../contract/types.ts";
import { areaWords, resultWords, standingOrder, standingWords, visible } from "./words.ts";

interface Slice {
  readonly standing: Standing;
  readonly symbol: string;
  readonly word: string;
  readonly count: number;
  /** Of a bar 1,000 wide. */
  readonly from: number;
  readonly width: number;
}

export interface AreaView {
  readonly id: string;
  readonly name: string;
  readonly total: number;
  readonly proven: number;
  readonly broken: number;
  /** Neither proven nor broken nor excluded. */
  readonly unproven: number;
  readonly slices: readonly Slice[];
  readonly controls: { readonly tone: "good" | "bad" | "doubt"; readonly text: string };
}

export interface Overview {
  readonly heading: string;
  readonly verdict: { readonly tone: "good" | "bad" | "doubt"; readonly symbol: string; readonly word: string };
  readonly conclusion: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly areas: readonly AreaView[];
  readonly totals: readonly {
    readonly symbol: string;
    readonly word: string;
    readonly meaning: string;
    readonly count: number;
  }[];
}

const verdicts: { readonly [code in RunRecord["exitCode"]]: Overview["verdict"] } = {
  0: { tone: "good", symbol: "✓", word: "Conformant as far as asked" },
  1: { tone: "bad", symbol: "✗", word: "Not conformant" },
  3: { tone: "doubt", symbol: "?", word: "Could not be determined" },
  4: { tone: "doubt", symbol: "!", word: "The tool met an error of its own" },
};

const controlTexts: { readonly [state in AreaHeadline["controls"]]: AreaView["controls"] } = {
  passed: { tone: "good", text: "✓ controls passed before and after" },
  failed: { tone: "bad", text: "✗ controls failed: nothing here counts as proven" },
  "not-run": { tone: "doubt", text: "? controls did not run before and after: nothing here counts as proven" },
};

function slicesOf({ standings }: AreaHeadline, total: number): readonly Slice[] {
  let from = 0;
  return standingOrder.flatMap((standing) => {
    const count = standings[standing];
    if (count === 0) return [];
    const width = (1000 * count) / total;
    const { symbol, word } = standingWords[standing];
    const slice: Slice = { standing, symbol, word, count, from: Math.round(from), width: Math.round(width) };
    from += width;
    return [slice];
  });
}

function areaView(headline: AreaHeadline): AreaView {
  const { standings } = headline;
  const total = Object.values(standings).reduce((sum, count) => sum + count, 0);
  return {
    id: headline.area,
    name: areaWords[headline.area],
    total,
    proven: standings.proven,
    broken: standings.broken,
    unproven: total - standings.proven - standings.broken - standings.excluded,
    slices: slicesOf(headline, total),
    controls: controlTexts[headline.controls],
  };
}

function factsOf(record: RunRecord): Overview["facts"] {
  return [
    { name: "Target", value: visible(record.target) },
    {
      name: "Dialect",
      value: `${visible(record.dialect)}${record.dialectDeclared ? " (declared by the target)" : ""}`,
    },
    ...(record.defect === undefined ? [] : [{ name: "Planted defect", value: visible(record.defect) }]),
    { name: "Seed", value: String(record.seed) },
    { name: "Cases a campaign", value: String(record.casesPerCampaign) },
    { name: "Strict", value: record.strict ? "yes" : "no" },
  ];
}

/** The record's conclusion repeats the verdict's word for readers who see nothing else; here the word stands above it. */
function conclusionOf({ conclusion }: RunRecord, word: string): string {
  const prefix = `${word}: `;
  const repeats = conclusion.toLowerCase().startsWith(prefix.toLowerCase());
  return visible(repeats ? conclusion.slice(prefix.length) : conclusion);
}

export function overviewOf(record: RunRecord): Overview {
  return {
    heading: `${visible(record.product)} · ${visible(record.target)}`,
    verdict: verdicts[record.exitCode],
    conclusion: conclusionOf(record, verdicts[record.exitCode].word),
    facts: factsOf(record),
    areas: record.headline.map(areaView),
    totals: (Object.keys(resultWords) as (keyof typeof resultWords)[]).map((result) =>
      Object.assign({}, resultWords[result], { count: record.totals[result] }),
    ),
  };
}
