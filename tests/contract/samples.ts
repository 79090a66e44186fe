/** Sample data of the trading company for the contract's own tests. */
import type { Case, Json, Principal } from "../../contract/types.ts";

export const ann: Principal = { directory: "TRADING", id: "ann", groups: ["Sales"], attributes: {}, session: {} };
export const ben: Principal = { ...ann, id: "ben", groups: [] };

/** One proof pair over one app: ann sees the north, ben is refused. */
export const regionCase: Case = {
  id: "section-access/regions/initial",
  title: "reduces the sales app to one region and refuses a user who is not listed",
  dialect: "documented",
  needs: ["deploy", "surface:tables"],
  sites: {
    main: {
      entities: { App: [{ id: "a1", name: "Sales", stream: { id: "s1", name: "Sales" }, owner: null }] },
      apps: { a1: { script: "Section Access;", files: { "lib://Data/sales.csv": "REGION\nNORTH" } } },
      datasources: { Reports: { proxy: "jwt", defaultDirectory: "TRADING", defaultUser: "carla" } },
    },
  },
  asks: [
    {
      id: "ann",
      probe: { kind: "open", app: "a1", as: ann, through: "tables" },
      expected: {
        kind: "known",
        because: [{ requirement: "SA-RED-01", evidence: "row 1" }],
        outcome: {
          kind: "view",
          fields: ["REGION"],
          tables: [{ name: "Sales", fields: ["REGION"], rows: [["NORTH"], [3], [null], [{ n: 1, t: "01" }]] }],
        },
      },
      proves: ["SA-RED-01"],
      contrast: "ben",
    },
    {
      id: "ben",
      at: "main",
      probe: { kind: "open", app: "a1", as: ben, through: "tables" },
      expected: {
        kind: "known",
        because: [{ requirement: "SA-ROW-06", evidence: "no row names ben" }],
        outcome: { kind: "refused", by: "engine", code: 5 },
        alsoAcceptable: [{ kind: "refused", by: "engine", code: 4000 }],
      },
      proves: ["SA-RED-01"],
      contrast: "ann",
    },
  ],
  origin: { kind: "golden", source: "help, Managing data security with Section Access, first example" },
};

export const regionText: string = JSON.stringify(regionCase, undefined, 2);

/** The sample as plain JSON with one thing changed at a path; `undefined` removes. */
export function changed(path: readonly (string | number)[], value: unknown): Json {
  const copy: Json = JSON.parse(regionText);
  const parents = path.slice(0, -1);
  const last = path.at(-1);
  let at: unknown = copy;
  for (const part of parents) at = Reflect.get(Object(at), part);
  if (last !== undefined && value === undefined) Reflect.deleteProperty(Object(at), last);
  else if (last !== undefined) Reflect.set(Object(at), last, value);
  return copy;
}

/** Changes that make it no case any more, by what is wrong with it. */
export const misfits: { readonly [what: string]: Json } = {
  "no title": changed(["title"], undefined),
  "a number for a title": changed(["title"], 3),
  "no asks": changed(["asks"], []),
  "an unknown probe": changed(["asks", 0, "probe", "kind"], "peek"),
  "an unknown key in a probe": changed(["asks", 0, "probe", "user"], "ann"),
  "an unknown surface": changed(["asks", 0, "probe", "through"], "window"),
  "an unknown capability": changed(["needs", 0], "fly"),
  "an id of no family": changed(["asks", 0, "proves", 0], "XX-01"),
  "an entity without id": changed(["sites", "main", "entities", "App", 0, "id"], undefined),
  "no main site": changed(["sites"], { other: { entities: {}, apps: {} } }),
  "a value that is a list": changed(["asks", 0, "expected", "outcome", "tables", 0, "rows", 0, 0], ["NORTH"]),
  "a fraction for a code": changed(["asks", 1, "expected", "outcome", "code"], 5.5),
  "noData false": changed(["asks", 0, "probe", "noData"], false),
  "a group that is a number": changed(["asks", 0, "probe", "as", "groups"], [3]),
  "an unknown key at the root": changed(["remark"], "x"),
  "an origin without source": changed(["origin"], { kind: "golden" }),
};
