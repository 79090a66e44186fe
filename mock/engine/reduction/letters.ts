/** Upper case letter by letter, whatever the locale: a letter without a single capital (ß) stays as it is (SA-CASE-05). */

/** As DuckDB's `upper` does it, so that names raised here and there are the same. */
export function capitals(text: string): string {
  let raised = "";
  for (const letter of text) {
    const capital = letter.toUpperCase();
    raised += Array.from(capital).length === 1 ? capital : letter;
  }
  return raised;
}
