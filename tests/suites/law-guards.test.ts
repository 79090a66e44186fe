/** Guards of the laws: a world in which a right answer breaks the bare law, and of which the guarded law does not speak. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { dialectOf, type Dialect } from "../../catalogue/dialects.ts";
import { requirement } from "../../catalogue/index.ts";
import type { Case, Principal, Target, Value } from "../../contract/types.ts";
import { laws } from "../../generators/laws/index.ts";
import { settingOf, type Setting } from "../../generators/laws/setting.ts";
import { playCase } from "../../harness/play-case.ts";
import { answerOf, deskFor } from "../../reference/answer.ts";
import { lawCase, unguardedCase } from "../../suites/laws.ts";
import { inProcessCapabilities } from "../../targets/reference.ts";

const ann = "CORP\\ANN";
const ben = "CORP\\BEN";

interface World {
  /** Header and rows of the security table. */
  readonly rights: readonly (readonly Value[])[];
  /** Header and records of the data. */
  readonly data: readonly (readonly Value[])[];
  readonly groups?: readonly string[];
  readonly inline?: boolean;
  /** A reading under which the bare law breaks, where the documented one keeps it. */
  readonly reading?: Partial<Dialect>;
}

const regions = [["REGION"], ["NORTH"], ["SOUTH"]];
const byUser = ["ACCESS", "USERID", "REGION"];
const twoFields = ["ACCESS", "USERID", "REGION", "PRODUCT"];

/** By law: what its guard keeps out. Ann is asked. */
const excluded: { readonly [law: string]: World } = {
  // A blank shows ADMIN all rows until a value stands beside it (SA-ACC-04, SA-STR-10).
  S2: { rights: [byUser, ["ADMIN", ann, ""]], data: regions },
  // What the new row lists, the star shows (SA-WLD-04).
  S3: { rights: [byUser, ["USER", ann, "*"], ["USER", ben, "NORTH"]], data: regions },
  // Refused before, let in by the row (SA-ROW-06).
  S7: {
    rights: [
      ["ACCESS", "USERID", "OMIT"],
      ["USER", ben, "AMOUNT"],
    ],
    data: [
      ["REGION", "AMOUNT"],
      ["NORTH", 1],
    ],
  },
  // The group's value takes the place of the blank that showed all (SA-STR-10).
  S12: {
    rights: [
      ["ACCESS", "USERID", "GROUP", "REGION"],
      ["ADMIN", ann, "*", ""],
      ["ADMIN", "*", "SALES", "NORTH"],
    ],
    data: regions,
  },
  // The row with the star applies and gives the level (SA-STR-04); as no rows at all it gives none.
  S13: { rights: [byUser, ["ADMIN", ann, "*"]], data: regions },
  // What Ben's row listed is gone with it (SA-WLD-04).
  S15: { rights: [byUser, ["USER", ann, "*"], ["USER", ben, "NORTH"]], data: regions },
  // Without the value the blank shows all (SA-ACC-04).
  S16: { rights: [byUser, ["ADMIN", ann, ""], ["ADMIN", ann, "NORTH"]], data: regions },
  // Everybody is named by the star (SA-WLD-01).
  S19: { rights: [byUser, ["USER", "*", "NORTH"]], data: regions },
  // He is in the group, so the row speaks of him (SA-SYS-04).
  S23: {
    rights: [
      ["ACCESS", "USERID", "GROUP", "REGION"],
      ["USER", ann, "*", "NORTH"],
    ],
    data: regions,
    groups: ["Zoes"],
  },
  // NORTH with SALT is in neither half (SA-ROW-08).
  S4: {
    rights: [twoFields, ["USER", ann, "NORTH", "TEA"], ["USER", ann, "SOUTH", "SALT"]],
    data: [
      ["REGION", "PRODUCT"],
      ["NORTH", "TEA"],
      ["NORTH", "SALT"],
      ["SOUTH", "SALT"],
    ],
  },
  // The blank alone shows all (SA-ACC-04), beside values it does not (SA-STR-10).
  "S4 superset": {
    rights: [twoFields, ["ADMIN", ann, "", ""], ["ADMIN", ann, "NORTH", "TEA"]],
    data: [
      ["REGION", "PRODUCT"],
      ["NORTH", "TEA"],
      ["SOUTH", "SALT"],
    ],
  },
  // Each value is in the data, the pair is not, and ADMIN without a match sees all (SA-STR-04).
  S5: {
    rights: [twoFields, ["ADMIN", ann, "NORTH", "SALT"]],
    data: [
      ["REGION", "PRODUCT"],
      ["NORTH", "TEA"],
      ["SOUTH", "SALT"],
    ],
  },
  // Where a hidden field reduces nothing, hiding it shows more rows (SA-OMT-10).
  S6: {
    rights: [
      ["ACCESS", "USERID", "REGION", "OMIT"],
      ["USER", ann, "NORTH", "REGION"],
    ],
    data: [
      ["REGION", "AMOUNT"],
      ["NORTH", 1],
      ["SOUTH", 2],
    ],
    reading: { omittedReducing: "ignored" },
  },
  // An app without the reducing field is not reduced (SA-RED-02).
  S26: {
    rights: [
      ["ACCESS", "USERID", "REGION", "OMIT"],
      ["USER", ann, "NORTH", "REGION"],
    ],
    data: [
      ["REGION", "AMOUNT"],
      ["NORTH", 1],
      ["SOUTH", 2],
    ],
  },
  // 1 and 01 are one value (SA-TYPE-02), 1001 and 01 are two.
  S9: {
    rights: [
      ["ACCESS", "USERID", "BRANCH"],
      ["USER", ann, 1],
    ],
    data: [["BRANCH"], [{ n: 1, t: "01" }]],
  },
  // Where only inline values are raised, a lower-case one from elsewhere matches nothing (SA-CASE-02).
  "S9 case": {
    rights: [byUser, ["USER", ann, "NORTH"]],
    data: regions,
    inline: false,
    reading: { saUpper: "inlineOnly" },
  },
  // Of the half without a match ADMIN sees all (SA-STR-04).
  S10: { rights: [byUser, ["ADMIN", ann, "NORTH"]], data: regions },
  S11: { rights: [byUser, ["ADMIN", ann, "SOUTH"]], data: regions },
  // A blank does not reduce ADMIN (SA-ACC-04).
  S14: { rights: [byUser, ["ADMIN", ann, ""], ["USER", ben, "NORTH"]], data: regions },
  // Both see the records of the value they share.
  S17: { rights: [byUser, ["USER", ann, "NORTH"], ["USER", ben, "NORTH"]], data: regions },
  // EAST is in no record, and so ADMIN sees all (SA-STR-04).
  "S21 gone": { rights: [byUser, ["ADMIN", ann, "EAST"], ["ADMIN", ann, "NORTH"]], data: regions },
  // No record fits both fields (SA-RED-10); of none at all nothing matches (SA-STR-02).
  S27: {
    rights: [twoFields, ["USER", ann, "NORTH", "SALT"]],
    data: [
      ["REGION", "PRODUCT"],
      ["NORTH", "TEA"],
      ["SOUTH", "SALT"],
    ],
  },
};

/** What a guard keeps out because no page says what comes of it: no right answer breaks these laws. */
const undocumented: { readonly [law: string]: World } = {
  S28: { rights: [byUser, ["USER", "*", "NORTH"], ["USER", ann, "SOUTH"]], data: regions },
};

function person(name: string, groups: readonly string[]): Principal {
  const [directory = "", id = ""] = name.split("\\");
  return { directory, id, groups, attributes: {}, session: {} };
}

function settingFrom({ rights, data, groups = [], inline = true }: World): Setting {
  const [fields = [], ...rows] = rights;
  const [held = [], ...records] = data;
  const access = { name: "Access", fields: fields.map(String), rows, inline: rows.map(() => inline) };
  const app = { name: "Sales", fields: held.map(String), rows: records, loosened: false };
  const setting = settingOf({ access: [access], app: [app] }, [person(ann, groups), person(ben, [])]);
  assert.ok(setting);
  return setting;
}

/** The oracle of a reading that no named dialect has. */
function oracle(reading: Partial<Dialect>): Target {
  return {
    name: "reference",
    capabilities: inProcessCapabilities,
    dialect: "documented",
    prepare: (site) => {
      const desk = deskFor(site, { ...dialectOf("documented"), ...reading });
      return Promise.resolve({
        ask: (probe) => Promise.resolve(answerOf(desk, probe).outcome),
        dispose: () => Promise.resolve(),
      });
    },
  };
}

async function results(of: Case, world: World): Promise<readonly string[]> {
  const { verdicts } = await playCase(of, oracle(world.reading ?? {}), { strict: false, requirement });
  return verdicts.map(({ result }) => result);
}

const place = { id: "section-access/laws/guard", dialect: "documented", origin: { kind: "site" } } as const;

test("every guard has a world it keeps out", () => {
  const guarded = laws.filter(({ guardedFor }) => guardedFor !== "").map(({ id }) => id);
  assert.deepEqual([...Object.keys(excluded), ...Object.keys(undocumented)].toSorted(), guarded.toSorted());
});

for (const law of laws) {
  const world = excluded[law.id] ?? undocumented[law.id];
  if (world === undefined) continue;
  test(`${law.id} does not speak of what its guard keeps out: ${law.guardedFor}`, async () => {
    const setting = settingFrom(world);
    const [who] = setting.principals;
    assert.ok(who);
    assert.equal(lawCase(law, setting, who, place), undefined);
    const bare = unguardedCase(law, setting, who, place);
    assert.ok(bare, "there is nothing to ask");
    const fails = (await results(bare, world)).includes("fail");
    assert.equal(fails, excluded[law.id] !== undefined);
  });
}
