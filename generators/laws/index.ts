/** The laws of section access: what must hold between answers whatever the data are, so that no oracle is needed. */
import { lawsOfOmit } from "./omit.ts";
import { lawsOfPeople } from "./people.ts";
import type { Law } from "./posing.ts";
import { lawsOfRecords } from "./records.ts";
import { lawsOfRows } from "./rows.ts";
import { lawsOfSurfaces } from "./surfaces.ts";
import { lawsOfValues } from "./values.ts";

function numberOf({ id }: Law): number {
  return Number(/\d+/.exec(id)?.[0]);
}

/** In the order of their numbers. */
export const laws: readonly Law[] = [
  ...lawsOfRows,
  ...lawsOfPeople,
  ...lawsOfValues,
  ...lawsOfRecords,
  ...lawsOfOmit,
  ...lawsOfSurfaces,
].toSorted((left, right) => numberOf(left) - numberOf(right));
