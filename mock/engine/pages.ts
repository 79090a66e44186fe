/** Paging of hypercubes and lists. */
import { isRecord, recordsOf, type Fields } from "../fields.ts";
import { pagesTooLarge } from "./errors.ts";
import type { Parameters } from "./parameters.ts";

export interface Page {
  readonly qLeft: number;
  readonly qTop: number;
  readonly qWidth: number;
  readonly qHeight: number;
}

/** Cells one request may ask for (error 7009 beyond). */
const cellLimit = 10_000;

export function pagesParameter(parameters: Parameters): readonly Page[] {
  const pages = parameters["qPages"];
  return pagesOf(isRecord(pages) ? [pages] : recordsOf(pages));
}

export function pagesOf(records: readonly Fields[]): readonly Page[] {
  const pages = records.map((page) => ({
    qLeft: extent(page, "qLeft"),
    qTop: extent(page, "qTop"),
    qWidth: extent(page, "qWidth"),
    qHeight: extent(page, "qHeight"),
  }));
  const cells = pages.reduce((sum, page) => sum + page.qWidth * page.qHeight, 0);
  if (cells > cellLimit) throw pagesTooLarge();
  return pages;
}

function extent(page: Fields, name: string): number {
  const value = page[name];
  return typeof value === "number" && Number.isInteger(value) && value > 0 ? value : 0;
}

/** The part of a matrix a page covers, with the area really there. */
export function cut(matrix: readonly (readonly Fields[])[], page: Page): Fields {
  const rows = matrix
    .slice(page.qTop, page.qTop + page.qHeight)
    .map((row) => row.slice(page.qLeft, page.qLeft + page.qWidth));
  const area = { ...page, qWidth: rows[0]?.length ?? 0, qHeight: rows.length };
  return { qMatrix: rows, qTails: [], qArea: area };
}
