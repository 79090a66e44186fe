/** Explanations agree with the reduction they explain, on generated worlds: chains hold, blockers block, cells hide. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { explain } from "../../../analysis/section-access/explain.ts";
import type { Chain, Explanation, PathStop } from "../../../analysis/section-access/explanation.ts";
import type { Target } from "../../../analysis/section-access/targets.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Principal, Value } from "../../../contract/types.ts";
import { randomAccessWorld } from "../../../generators/section-access.ts";
import { reduce } from "../../../reference/section-access/spec.ts";
import type { Reduction } from "../../../reference/section-access/types.ts";
import type { AccessTable, LoadedApp } from "../../../reload/model.ts";

const dialect = dialectOf("documented");

interface Asked {
  readonly loaded: LoadedApp;
  readonly who: Principal;
}

function told({ loaded, who }: Asked, target: Target): Explanation {
  return explain({ loaded, who }, target, { reduce, dialect, placeOf: () => undefined, tries: 0 });
}

/** Each row is unlike all others: a field of its own numbers it. */
function numbered({ loaded, who }: Asked): Asked {
  const app = loaded.app.map((table, at) => ({
    ...table,
    fields: [...table.fields, `LINE${at}`],
    rows: table.rows.map((row, line) => [...row, line + 1]),
  }));
  return { loaded: { ...loaded, app }, who };
}

const views = new WeakMap<Asked, Reduction>();

function viewOf(asked: Asked): Reduction {
  const view = views.get(asked) ?? reduce(asked.loaded, asked.who, dialect);
  views.set(asked, view);
  return view;
}

/** Lines of a table the user sees, by its numbering field. */
function seen(asked: Asked, table: number): readonly Value[] {
  const view = viewOf(asked);
  const shown = view.access === "denied" ? undefined : view.tables[table];
  const column = shown?.fields.indexOf(`LINE${table}`) ?? -1;
  return (shown?.rows ?? []).map((row) => row[column] ?? null);
}

function withAccess({ loaded, who }: Asked, change: (table: AccessTable) => AccessTable): Asked {
  return { loaded: { ...loaded, access: (loaded.access ?? []).map(change) }, who };
}

/** The same rights without a column: its field selects nothing any more. */
function without(asked: Asked, dropped: readonly string[]): Asked {
  return withAccess(asked, (table) => {
    const columns = [...table.fields.keys()].filter((column) => !dropped.includes(table.fields[column] ?? ""));
    const pick = (row: readonly Value[]): Value[] => columns.map((column) => row[column] ?? null);
    return { ...table, fields: columns.map((column) => table.fields[column] ?? ""), rows: table.rows.map(pick) };
  });
}

const worlds: readonly Asked[] = Array.from({ length: 24 }, (_, index) => {
  const { loaded, principals } = randomAccessWorld(41, index, { maxTables: 3, maxRows: 4 });
  return principals.slice(0, 3).map((who) => numbered({ loaded, who }));
}).flat();

function rowTargets({ loaded }: Asked): (Target & { readonly kind: "row" })[] {
  return loaded.app.flatMap((table, at) =>
    table.rows.slice(0, 3).map((_, row) => ({ kind: "row" as const, table: at, row })),
  );
}

/** Whether the table, or one that associates with it over others, holds the field. */
function holdsField({ loaded: { app } }: Asked, from: number, field: string): boolean {
  const reached = new Set([from]);
  for (const at of reached) {
    const here = app[at];
    for (const [next, other] of app.entries()) {
      const loose = here === undefined || here.loosened || other.loosened;
      if (!loose && here.fields.some((name) => other.fields.includes(name))) reached.add(next);
    }
  }
  return [...reached].some((at) => app[at]?.fields.includes(field) === true);
}

function cellAt({ loaded }: Asked, stop: PathStop | undefined, field: string): Value | undefined {
  const table = loaded.app.find(({ name }) => name === stop?.table);
  return table?.rows[(stop?.row ?? 0) - 1]?.[table.fields.indexOf(field)];
}

function sharedFields({ loaded }: Asked, one: PathStop, other: PathStop): readonly string[] {
  const fields = (stop: PathStop): readonly string[] =>
    loaded.app.find(({ name }) => name === stop.table)?.fields ?? [];
  return fields(one).filter((field) => fields(other).includes(field));
}

/** Each stop shares with the one before the values it is said to share, and the path ends at the value. */
function assertPath(asked: Asked, { path, field, value }: Chain): void {
  for (const [at, stop] of path.entries()) {
    const before = path[at - 1];
    const shared = before === undefined ? [] : sharedFields(asked, stop, before);
    assert.deepEqual(Object.keys(stop.via).sort(), shared.toSorted());
    for (const name of shared) {
      assert.notEqual(stop.via[name], null);
      assert.deepEqual([cellAt(asked, stop, name), cellAt(asked, before, name)], [stop.via[name], stop.via[name]]);
    }
  }
  assert.deepEqual(cellAt(asked, path.at(-1), field) ?? null, value);
}

function assertSeen(asked: Asked, { path }: Chain): void {
  for (const stop of path) {
    const table = asked.loaded.app.findIndex(({ name }) => name === stop.table);
    assert.ok(seen(asked, table).includes(stop.row), `${stop.table} ${stop.row} is not seen`);
  }
}

describe("an explanation", () => {
  it("says of every row what the reduction says, and lets a shown row through by rows that are shown", () => {
    let [shown, chains] = [0, 0];
    for (const asked of worlds) {
      for (const target of rowTargets(asked)) {
        const { access, row, selects } = told(asked, target);
        assert.equal(access, viewOf(asked).access);
        if (access === "denied") continue;
        assert.ok(row !== undefined);
        assert.equal(row.shown, seen(asked, target.table).includes(target.row + 1));
        if (!row.shown) continue;
        shown += 1;
        for (const chain of row.letThrough) {
          assertPath(asked, chain);
          assertSeen(asked, chain);
          assert.ok(chain.cells.length > 0, "no cell of section access allows the value");
          chains += 1;
        }
        const apart = new Set(row.letThrough.map(({ field }) => field));
        const missing = selects
          .flatMap((each) => (each.unrestricted ? [] : each.in))
          .filter((field) => !apart.has(field));
        for (const field of missing) assert.ok(!holdsField(asked, target.table, field), `no chain to ${field}`);
      }
    }
    assert.ok(shown > 100 && chains > 40, `${shown} rows, ${chains} chains`);
  });

  it("names fields that do stop a row: alone, or together and none of them alone", () => {
    let [alone, together] = [0, 0];
    for (const asked of worlds) {
      for (const target of rowTargets(asked)) {
        const { row, selects } = told(asked, target);
        if (row === undefined || row.shown) continue;
        assert.ok(row.stoppedBy.length > 0 && row.because.length > 0);
        const reducing = selects.map(({ field }) => field);
        const sees = (kept: readonly string[]): boolean => {
          const others = reducing.filter((field) => !kept.includes(field));
          return seen(without(asked, others), target.table).includes(target.row + 1);
        };
        for (const field of row.stoppedBy) assert.equal(sees([field]), row.together, field);
        assert.equal(sees(row.stoppedBy), false);
        if (row.together) together += 1;
        else alone += 1;
        for (const chain of row.reaches) assertPath(asked, chain);
      }
    }
    assert.ok(alone > 30, `${alone} alone, ${together} together`);
  });

  it("names two fields together where each alone would let the row through", () => {
    const rows = [["USER", "CORP\\ANN", "NORTH", "FOOD"]];
    const asked: Asked = {
      who: { directory: "CORP", id: "ann", groups: [], attributes: {}, session: {} },
      loaded: {
        access: [{ name: "Access", fields: ["ACCESS", "USERID", "REGION", "CATEGORY"], rows, inline: [true] }],
        app: [
          { name: "Teams", fields: ["TEAM", "NAME"], rows: [[1, "Ferris"]], loosened: false },
          {
            name: "Sales",
            fields: ["TEAM", "REGION", "CATEGORY"],
            rows: [
              [1, "NORTH", "TOOLS"],
              [1, "SOUTH", "FOOD"],
            ],
            loosened: false,
          },
        ],
      },
    };
    const team = told(asked, { kind: "row", table: 0, row: 0 }).row;
    assert.deepEqual([team?.shown, team?.together, team?.stoppedBy], [false, true, ["REGION", "CATEGORY"]]);
    assert.deepEqual(
      team?.because.map(({ requirement }) => requirement),
      ["SA-PRP-08", "SA-RED-07", "SA-RED-07"],
    );
    const sale = told(asked, { kind: "row", table: 1, row: 0 }).row;
    assert.deepEqual([sale?.together, sale?.stoppedBy], [false, ["CATEGORY"]]);
  });

  it("names cells of OMIT that hide a field, and no others", () => {
    let hidden = 0;
    for (const asked of worlds) {
      const view = reduce(asked.loaded, asked.who, dialect);
      if (view.access === "denied") continue;
      for (const field of view.omitted) {
        const about = told(asked, { kind: "field", field });
        assert.equal(about.field?.shown, false);
        const cells = about.field?.hiddenBy ?? [];
        assert.ok(cells.length > 0);
        const says = (value: Value): boolean =>
          value === "*" || (typeof value === "string" && value.toUpperCase() === field.toUpperCase());
        assert.ok(
          cells.every((cell) => says(cell.value)),
          JSON.stringify(cells),
        );
        const blanked = withAccess(asked, (table) => ({
          ...table,
          rows: table.rows.map((row, at) =>
            cells.some((cell) => cell.table === table.name && cell.row === at + 1)
              ? row.with(table.fields.indexOf("OMIT"), "")
              : row,
          ),
        }));
        const after = reduce(blanked.loaded, asked.who, dialect);
        assert.ok(after.access === "granted" && !after.omitted.includes(field));
        hidden += 1;
      }
    }
    assert.ok(hidden > 5, `${hidden}`);
  });

  it("tells a refused user the step at which he fell", () => {
    const steps = new Map<string, number>();
    for (const asked of worlds) {
      const { access, refused, flip, applies } = told(asked, { kind: "access" });
      if (access === "granted") {
        assert.deepEqual([refused, flip.to], [undefined, "denied"]);
        continue;
      }
      assert.ok(refused !== undefined && refused.because.length > 0);
      assert.equal(flip.to, "granted");
      steps.set(refused.step, (steps.get(refused.step) ?? 0) + 1);
      if (refused.step === "no-row") {
        assert.deepEqual(applies, []);
        assert.ok(refused.nearest.every((row) => row.failed.length > 0 || row.hint !== undefined));
      }
      if (refused.step !== "no-value") continue;
      assert.ok(refused.fields.length > 0);
      // Without the fields that have no value he is let in.
      const freed = without(
        asked,
        refused.fields.map(({ field }) => field),
      );
      assert.equal(reduce(freed.loaded, asked.who, dialect).access, "granted");
    }
    assert.ok((steps.get("no-row") ?? 0) > 5 && (steps.get("no-value") ?? 0) > 0, JSON.stringify([...steps]));
  });
});
