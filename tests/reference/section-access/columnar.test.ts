import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { dialectNames, dialectOf, type Dialect } from "../../../catalogue/dialects.ts";
import type { Case, Principal } from "../../../contract/types.ts";
import { randomAccessWorld } from "../../../generators/section-access.ts";
import { deskFor } from "../../../reference/answer.ts";
import {
  encode,
  type EncodedApp,
  type EncodedField,
  type Reading,
} from "../../../reference/section-access/columnar-encode.ts";
import type { LoadedApp } from "../../../reload/model.ts";
import { goldenCases } from "../../../suites/golden.ts";
import { difference, type Looking, type Setting } from "./columnar-agreement.ts";

const seed = 20_261_122;
const documented = dialectOf("documented");
const readings: readonly (Reading | undefined)[] = [undefined, "by classes", "by words"];

/** How a world of a campaign is looked at: the ways of reading in turn, reasons and questions now and then. */
function lookingAt(index: number): Looking {
  return { reading: readings[index % 3], reasons: index % 17 === 0, questions: index % 19 === 0 };
}

/** Beyond the first twenty: the first world each that one of the other readings changes. */
const telling = [23, 24, 35, 44, 62, 81, 99, 103, 115, 145, 150];

/** Worlds that are met more than once, made once. */
const shared = [...Array.from({ length: 20 }, (_, index) => index), ...telling].map((index) =>
  randomAccessWorld(seed, index, { disputed: true }),
);

/** One evaluation of shared worlds in another dialect: the first that differs. */
function firstShared(dialect: Dialect): string | undefined {
  for (const [index, { loaded, principals }] of shared.entries()) {
    const differs = difference({ app: loaded, users: principals, dialect }, lookingAt(index));
    if (differs !== undefined) return `shared world ${index} of seed ${seed}\n${differs}`;
  }
  return undefined;
}

function isOther(left: number): (row: unknown, at: number, rows: readonly unknown[]) => boolean {
  return (_, at, { length }) => at !== left % length;
}

/** The world without one row of every table. */
function smaller({ app, access, ...rest }: LoadedApp, left: number): LoadedApp {
  const shorter = app.map((table) => ({ ...table, rows: table.rows.filter(isOther(left)) }));
  if (access === undefined) return { ...rest, app: shorter };
  const rights = access.map((table) => ({
    ...table,
    rows: table.rows.filter(isOther(left)),
    inline: table.inline.filter(isOther(left)),
  }));
  return { ...rest, app: shorter, access: rights };
}

/** Worlds made of each generated one: it with all its people, and smaller ones with one of them each. */
const madeOfOne = 10;

function settingsOf(index: number, options: { readonly disputed: boolean }): readonly Setting[] {
  const { loaded, principals } = randomAccessWorld(seed, index, options);
  const others = Array.from({ length: madeOfOne - 1 }, (_, left) => ({
    app: smaller(loaded, left),
    users: principals.length === 0 ? [] : principals.slice(left % principals.length).slice(0, 1),
    dialect: documented,
  }));
  return [{ app: loaded, users: principals, dialect: documented }, ...others];
}

interface Found {
  readonly worlds: number;
  readonly asks: number;
  readonly first: string | undefined;
}

function compare(from: number, to: number, options: { readonly disputed: boolean }): Found {
  let [worlds, asks] = [0, 0];
  let first: string | undefined;
  for (let index = from; index < to; index++) {
    for (const setting of settingsOf(index, options)) {
      const differs = difference(setting, lookingAt(worlds));
      if (differs !== undefined) first ??= `world ${index} of seed ${seed}, ${worlds % madeOfOne}\n${differs}`;
      asks += setting.users.length;
      worlds += 1;
    }
  }
  return { worlds, asks, first };
}

/** Every other reading of section access, one switch away from the documented one. */
const otherReadings: { readonly [name in keyof Dialect]?: readonly Dialect[name][] } = {
  rowMatch: ["or"],
  adminReduced: [false],
  adminNoMatch: ["deny"],
  adminLevel: ["user"],
  userBlank: ["all"],
  adminBlankBesideValue: ["all"],
  strict: [false],
  strictScope: ["overall"],
  emptyResult: ["deny"],
  saUpper: ["inlineOnly"],
  valueMatch: ["caseInsensitive"],
  reductionNameMatch: ["caseInsensitive"],
  omitNameMatch: ["exact"],
  omitPattern: ["glob"],
  accessStar: ["admin"],
  textNumberMatch: [true],
  systemFieldsReduce: [false],
  userEmail: ["email", "ordinary"],
  serial: ["licence", "ignored"],
  groupColumn: ["ordinary"],
  bareUserId: [true],
  identityColumns: ["userRequired"],
  mixedLevels: ["user"],
  starScope: ["field"],
  starSymbol: ["declared", "both"],
  starSource: ["inlineOnly"],
  loneStar: ["everything"],
  emptyText: ["value"],
  omitStar: ["previously"],
  omittedKey: ["cut"],
  omittedReducing: ["ignored"],
  blankIdentity: ["anybody"],
  groupSource: ["directory", "session"],
};

describe("the fast evaluator of section access", () => {
  it("agrees with the specification on 20,000 worlds: generated ones, and those with rows left out", (t) => {
    const plain = compare(0, 1_400, { disputed: false });
    const disputed = compare(1_400, 2_000, { disputed: true });
    t.diagnostic(`${plain.asks + disputed.asks} asks`);
    assert.equal(plain.first ?? disputed.first, undefined);
    assert.equal(plain.worlds + disputed.worlds, 20_000);
    assert.ok(plain.asks > 12_000 && disputed.asks > 5_000, `${plain.asks}, ${disputed.asks}`);
  });

  for (const name of dialectNames.filter((other) => other !== "documented")) {
    it(`agrees in the dialect ${name} as well`, () => {
      assert.equal(firstShared(dialectOf(name)), undefined);
    });
  }

  for (const [name, values] of Object.entries(otherReadings)) {
    for (const value of values) {
      it(`agrees where ${name} is ${String(value)}`, () => {
        assert.equal(firstShared({ ...documented, [name]: value }), undefined);
      });
    }
  }

  it("agrees where several readings differ at once", () => {
    const changed: Partial<Dialect> = { omittedKey: "cut", omittedReducing: "ignored", emptyResult: "deny" };
    const also: Partial<Dialect> = { rowMatch: "or", starScope: "field", reductionNameMatch: "caseInsensitive" };
    for (const dialect of [
      { ...documented, ...changed },
      { ...documented, ...also, ...changed, strictScope: "overall" },
    ]) {
      assert.equal(firstShared(dialect as Dialect), undefined);
    }
  });
});

/** Every app of a case that somebody opens, with them. */
function openedIn(of: Case): readonly Setting[] {
  const dialect = dialectOf(of.dialect);
  const probes = of.asks.flatMap(({ probe }) => (probe.kind === "open" ? [probe] : []));
  return Object.values(of.sites).flatMap((site) => {
    const desk = deskFor(site, dialect);
    return Object.keys(site.apps).map((id) => {
      const users: readonly Principal[] = probes.filter(({ app }) => app === id).map((probe) => probe.as);
      return { app: desk.app(id), users, dialect };
    });
  });
}

describe("on golden cases the fast evaluator", () => {
  it("says what the specification says, reasons included", () => {
    let compared = 0;
    for (const of of goldenCases("section-access")) {
      for (const setting of openedIn(of)) {
        const found = readings.map((reading) => difference(setting, { reading, reasons: true, questions: true }));
        assert.deepEqual(new Set(found), new Set([undefined]), of.id);
        compared += setting.users.length;
      }
    }
    assert.ok(compared > 200, `${compared} asks`);
  });
});

/** The same app, but each row has the codes of the row before it in every linking and reducing column. */
function shifted(app: EncodedApp): EncodedApp {
  const field = (name: string): EncodedField => {
    const { columns, ...dictionary } = app.field(name);
    return { ...dictionary, columns: columns.map((codes) => codes?.map((_, row) => codes.at(row - 1) ?? 0)) };
  };
  return { ...app, field };
}

/** The fast evaluator, given something else than the specification: each is one wrong of encoding or of propagation. */
const faults: { readonly [what: string]: (app: LoadedApp) => LoadedApp } = {
  "the last row of a table is lost": (app) => ({
    ...app,
    app: app.app.map((table) => ({ ...table, rows: table.rows.slice(0, -1) })),
  }),
  "NULL is a value that links": (app) => ({
    ...app,
    app: app.app.map((table) => ({ ...table, rows: table.rows.map((row) => row.map((value) => value ?? "NULL")) })),
  }),
  "tables said to be loose are linked, linked ones are loose": (app) => ({
    ...app,
    app: app.app.map((table) => ({ ...table, loosened: !table.loosened })),
  }),
  "equal rows are one": (app) => ({
    ...app,
    app: app.app.map((table) => ({
      ...table,
      rows: [...new Map(table.rows.map((row) => [JSON.stringify(row), row])).values()],
    })),
  }),
  "numbers are texts": (app) => ({
    ...app,
    app: app.app.map((table) => ({
      ...table,
      rows: table.rows.map((row) => row.map((value) => (typeof value === "number" ? String(value) : value))),
    })),
  }),
  "the first row of rights is lost": (app) => ({
    ...app,
    access: (app.access ?? []).map((table) => ({ ...table, rows: table.rows.slice(1), inline: table.inline.slice(1) })),
  }),
};

/** The specification's readings, of which the fast evaluator is given one other. */
const slips = { strict: false, rowMatch: "or", adminReduced: false, adminNoMatch: "deny" } as const;

function firstDifferent(looking: (app: LoadedApp) => Looking): number | undefined {
  for (let index = 0; index < 1_000; index++) {
    const { loaded, principals } = randomAccessWorld(seed, index);
    const setting = { app: loaded, users: principals, dialect: documented };
    if (difference(setting, looking(loaded)) !== undefined) return index;
  }
  return undefined;
}

describe("the comparison", () => {
  for (const [what, spoil] of Object.entries(faults)) {
    it(`finds within 1,000 worlds that ${what}`, () => {
      assert.notEqual(
        firstDifferent((app) => ({ encoded: encode(spoil(app)) })),
        undefined,
      );
    });
  }

  for (const [name, value] of Object.entries(slips)) {
    it(`finds within 1,000 worlds that ${name} is ${String(value)}`, () => {
      assert.notEqual(
        firstDifferent(() => ({ readAs: { ...documented, [name]: value } })),
        undefined,
      );
    });
  }

  for (const reading of readings) {
    it(`finds within 1,000 worlds that a column is one row off, read ${reading ?? "either way"}`, () => {
      assert.notEqual(
        firstDifferent((app) => ({ encoded: shifted(encode(app, reading)) })),
        undefined,
      );
    });
  }
});
