/** The change that is told is the smallest there is: compared with every change, one by one and two by two. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { edited, sizeOf } from "../../../analysis/section-access/edits.ts";
import { smallestChange } from "../../../analysis/section-access/smallest-change.ts";
import { holds, tagged, type Target } from "../../../analysis/section-access/targets.ts";
import { dialectOf } from "../../../catalogue/dialects.ts";
import type { Value } from "../../../contract/types.ts";
import { randomAccessWorld, type AccessWorldOptions } from "../../../generators/section-access.ts";
import { reduce } from "../../../reference/section-access/spec.ts";
import { everyStep, settled, type SmallWorld, type Step } from "./brute-force.ts";

const dialect = dialectOf("documented");
const evaluation = { reduce, dialect };

function targetsOf({ loaded }: SmallWorld): readonly Target[] {
  const rows = loaded.app.flatMap((table, at) =>
    table.rows.slice(0, 2).map((_, row): Target => ({ kind: "row", table: at, row })),
  );
  const fields = loaded.app
    .flatMap((table) => table.fields.slice(0, 2))
    .map((field): Target => ({ kind: "field", field }));
  return [{ kind: "access" }, ...rows, ...fields.slice(0, 2)];
}

/** Whether these steps, each on top of the ones before, turn the answer round. */
function flipping(world: SmallWorld, target: Target): (steps: readonly Step[]) => boolean {
  const start = { ...world, loaded: tagged(world.loaded) };
  const before = holds(target, start, evaluation);
  return (steps) => holds(target, settled(steps.reduce((made, step) => step.take(made), start)), evaluation) !== before;
}

/** The size of the smallest single change of all. */
function smallestSingle(world: SmallWorld, target: Target): number | undefined {
  const flips = flipping(world, target);
  const steps = everyStep(world, dialect).toSorted((one, other) => one.size - other.size);
  return steps.find((step) => flips([step]))?.size;
}

/** The size of the smallest pair of all. */
function smallestPair(world: SmallWorld, target: Target): number | undefined {
  const flips = flipping(world, target);
  const steps = everyStep(world, dialect);
  const pairs = steps.flatMap((one, at) =>
    steps.slice(at + 1).flatMap((other) => (one.touches === other.touches ? [] : [[one, other] as const])),
  );
  const sized = pairs.toSorted((a, b) => a[0].size + a[1].size - b[0].size - b[1].size);
  const found = sized.find((pair) => flips(pair));
  return found === undefined ? undefined : found[0].size + found[1].size;
}

interface Asked {
  readonly world: SmallWorld;
  readonly target: Target;
}

const smallWorlds: AccessWorldOptions = {
  maxTables: 2,
  maxRows: 3,
  rights: ["one table"],
  serial: ["absent"],
  rows: ["one", "repeated"],
  mostPeople: 3,
};

/** Questions about small worlds: few rows of rights, little data. */
function questions(seed: number, worlds: number, most: number): readonly Asked[] {
  return Array.from({ length: worlds }, (_, index) => index).flatMap((index) => {
    const { loaded, principals } = randomAccessWorld(seed, index, smallWorlds);
    const cells = (loaded.access ?? []).reduce((sum, table) => sum + table.rows.length * table.fields.length, 0);
    if (cells > most) return [];
    return principals.slice(0, 1).flatMap((who) => {
      const world = { loaded, who };
      if (everyStep(world, dialect).length > 300) return [];
      return targetsOf(world).map((target) => ({ world, target }));
    });
  });
}

/** Ann opens two orders by these rows (ACCESS, USERID, GROUP, REGION). */
function regional(rows: readonly (readonly string[])[], groups: readonly string[]): SmallWorld {
  const access = {
    name: "Access",
    fields: ["ACCESS", "USERID", "GROUP", "REGION"],
    rows,
    inline: rows.map(() => true),
  };
  const orders = {
    name: "Orders",
    fields: ["REGION", "AMOUNT"],
    rows: [
      ["NORTH", 10],
      ["SOUTH", 20],
    ],
    loosened: false,
  };
  return {
    loaded: { access: [access], app: [orders] },
    who: { directory: "CORP", id: "ann", groups, attributes: {}, session: {} },
  };
}

interface NoSingle {
  readonly rows: readonly (readonly string[])[];
  readonly groups: readonly string[];
  /** Of the smallest pair that shuts Ann out; undefined: none does. */
  readonly size: number | undefined;
}

const noSingle: { readonly [title: string]: NoSingle } = {
  "two rows": {
    rows: [
      ["USER", "CORP\\ANN", "*", "NORTH"],
      ["USER", "CORP\\ANN", "*", "NORTH"],
    ],
    groups: [],
    size: 2,
  },
  "her own row and one of her group": {
    rows: [
      ["USER", "CORP\\ANN", "*", "NORTH"],
      ["USER", "*", "SALES", "SOUTH"],
    ],
    groups: ["Sales"],
    size: 2,
  },
  "three rows": {
    rows: [
      ["USER", "CORP\\ANN", "*", "NORTH"],
      ["USER", "CORP\\ANN", "*", "SOUTH"],
      ["USER", "*", "SALES", "SOUTH"],
    ],
    groups: ["Sales"],
    size: undefined,
  },
};

interface OfKind {
  readonly rows: readonly (readonly string[])[];
  readonly target: Target;
  readonly kind: string;
  readonly data?: readonly (readonly Value[])[];
}

/** Ann, a member of the Board, and what one change of a kind does for her; nothing smaller does. */
const kinds: { readonly [title: string]: OfKind } = {
  "a group to join": {
    rows: [["USER", "*", "SALES", "NORTH"]],
    target: { kind: "access" },
    kind: "join-group",
  },
  "a group to leave": {
    rows: [
      ["USER", "*", "BOARD", "NORTH"],
      ["USER", "*", "BOARD", "NORTH"],
    ],
    target: { kind: "access" },
    kind: "leave-group",
  },
  "a value of the data in upper case": {
    rows: [["USER", "CORP\\ANN", "*", "NORTH"]],
    target: { kind: "access" },
    kind: "raise-value",
    data: [["North", 10]],
  },
  "a row of somebody else, who alone lists what her stars stand for": {
    rows: [
      ["USER", "CORP\\ANN", "*", "*"],
      ["USER", "*", "BOARD", "*"],
      ["USER", "CORP\\CARLA", "*", "NORTH"],
      ["USER", "CORP\\DAN", "*", "SOUTH"],
    ],
    target: { kind: "row", table: 0, row: 0 },
    kind: "remove-row",
  },
};

describe("the smallest change", () => {
  it("is as small as the smallest of all single changes", () => {
    let found = 0;
    for (const { world, target } of questions(7, 40, 20)) {
      const wanted = smallestSingle(world, target);
      if (wanted === undefined) continue;
      const [best = []] = smallestChange(world, target, evaluation).found;
      const message = JSON.stringify({ target, best, world });
      // A misspelt name may be corrected, which is no step of the brute force.
      const corrected = best.length === 1 && best.every((edit) => edit.kind === "cell" && edit.field === "USERID");
      if (corrected) assert.ok(sizeOf(best) <= wanted, message);
      else assert.equal(sizeOf(best), wanted, message);
      found += 1;
    }
    assert.ok(found > 15, `${found}`);
  });

  for (const [title, { rows, groups, size }] of Object.entries(noSingle)) {
    it(`is as small as the smallest of all pairs where no single change does: ${title}`, () => {
      const world = regional(rows, groups);
      const target: Target = { kind: "access" };
      assert.equal(smallestSingle(world, target), undefined);
      const search = smallestChange(world, target, evaluation);
      const [best] = search.found;
      assert.equal(search.cut, false);
      assert.equal(best === undefined ? undefined : sizeOf(best), size);
      assert.equal(size, smallestPair(world, target));
    });
  }

  for (const [title, { rows, target, kind, data }] of Object.entries(kinds)) {
    it(`may be ${title}`, () => {
      const { loaded, who } = regional(rows, ["Board"]);
      const app = loaded.app.map((table) => ({ ...table, rows: data ?? table.rows }));
      const world = { loaded: { ...loaded, app }, who };
      const { found } = smallestChange(world, target, evaluation);
      assert.equal(sizeOf(found[0] ?? []), 1);
      assert.ok(
        found.some(([edit]) => edit?.kind === kind),
        JSON.stringify(found),
      );
      assert.equal(smallestSingle(world, target), 1);
    });
  }

  it("says that the search was cut where it was", () => {
    const three = noSingle["three rows"];
    assert.ok(three !== undefined);
    const search = smallestChange(regional(three.rows, []), { kind: "access" }, { ...evaluation, tries: 20 });
    assert.deepEqual([search.found, search.tried, search.cut], [[], 20, true]);
  });

  it("turns the answer round in the world it is made in", () => {
    let seen = 0;
    for (const { world, target } of questions(11, 16, 20)) {
      const before = holds(target, { ...world, loaded: tagged(world.loaded) }, evaluation);
      for (const edits of smallestChange(world, target, { ...evaluation, tries: 300 }).found) {
        const after = edited(world, edits);
        assert.notEqual(holds(target, { ...after, loaded: tagged(after.loaded) }, evaluation), before);
        seen += 1;
      }
    }
    assert.ok(seen > 20, `${seen}`);
  });
});
