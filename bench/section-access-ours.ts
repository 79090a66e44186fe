/** The fast evaluator on the world of `section-access-world.ts`. */
import { dialectOf } from "../catalogue/dialects.ts";
import { bitmapsOf, countsOf } from "../reference/section-access/columnar.ts";
import {
  encodeColumns,
  type Codes,
  type ColumnSource,
  type EncodedApp,
} from "../reference/section-access/columnar-encode.ts";
import {
  accessOf,
  customerCount,
  dayCount,
  deptCount,
  deptName,
  itemCount,
  principals,
  regionName,
  type World,
} from "./section-access-world.ts";

const dialect = dialectOf("documented");

function numbers(length: number): readonly number[] {
  return Array.from({ length }, (_, at) => at);
}

function key(field: string, size: number, codes: Codes = Uint16Array.from(numbers(size))): ColumnSource {
  return { field, values: numbers(size), codes };
}

/** Encodes what is asked about, and reads the rights. */
export function load(world: World): EncodedApp {
  const region = { field: "REGION", values: numbers(world.regions).map(regionName), codes: world.region };
  const dept = { field: "DEPT", values: numbers(deptCount).map(deptName), codes: world.dept };
  const sales = [
    key("CUSTOMER", customerCount, world.customer),
    key("ITEM", itemCount, world.item),
    key("DAY", dayCount, world.day),
    key("AMOUNT", 1_000, world.amount),
  ];
  const app = encodeColumns(
    [
      { name: "Sales", columns: sales },
      { name: "Customers", columns: [key("CUSTOMER", customerCount), region] },
      { name: "Items", columns: [key("ITEM", itemCount), dept] },
      { name: "Days", columns: [key("DAY", dayCount)] },
    ],
    { access: [accessOf(world)] },
  );
  countsOf(app, principals(world).slice(0, 1), dialect);
  return app;
}

/** Visible rows of the four tables, user by user; from names to numbers each time. */
export function count(app: EncodedApp, world: World): readonly number[] {
  return countsOf(app, principals(world), dialect).flatMap((one) =>
    one.access === "denied" ? [0, 0, 0, 0] : one.rows,
  );
}

/** A bitmap of the sales of every user. */
export function bitmaps(app: EncodedApp, world: World): readonly Uint32Array[] {
  return bitmapsOf(app, principals(world), dialect)(0).map((bitmap) => bitmap ?? new Uint32Array(0));
}
