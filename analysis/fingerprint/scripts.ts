/** Load scripts of the probes, line by line. */

export type Lines = readonly string[];

export function textOf(...parts: readonly Lines[]): string {
  return parts.map((lines) => `${lines.join("\n")}\n`).join("");
}

export function inline(table: string, header: string, ...rows: readonly string[]): Lines {
  return [`${table}:`, "LOAD * INLINE [", header, ...rows, "];"];
}

/** A section access of inline tables, each given by its header and rows. */
export function access(header: string, ...rows: readonly string[]): Lines {
  return ["Section Access;", ...inline("Rights", header, ...rows), "Section Application;"];
}

/** Rights loaded from a table of the application section, which is dropped afterwards: no inline load (SA-CASE-02). */
export function residentAccess(header: string, ...rows: readonly string[]): Lines {
  return [
    ...inline("Draft", header, ...rows),
    "Section Access;",
    "Rights:",
    `LOAD ${header} RESIDENT Draft;`,
    "Section Application;",
    "DROP TABLE Draft;",
  ];
}

export const sales: Lines = inline("Sales", "REGION, AMOUNT", "NORTH, 10", "SOUTH, 20", "WEST, 30");
