/** The dialects against the table of releases in the catalogue of section access, row by row. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  dialectNames,
  dialectOf,
  switchRequirement,
  type Dialect,
  type DialectName,
} from "../../catalogue/dialects.ts";
import { readings, switches } from "../../catalogue/readings.ts";
import { switchesIn } from "../../scripts/generate-dialects.ts";
import { readFileSync } from "node:fs";

type Release = Exclude<DialectName, "documented">;
type Switches = Partial<Dialect>;

interface Topic {
  readonly topic: string;
  /** What the table says, by release, as readings. */
  readonly says: { readonly [name in Release]: Switches };
}

const everywhere = (of: Switches): Topic["says"] => ({
  "cm-1.1": of,
  "cm-2018": of,
  "cm-2021": of,
  cloud: of,
  "qlikview-desktop": of,
  "qlikview-server": of,
});

const clientManaged = { groupColumn: "system", serial: "qliksense" } as const;
const qlikView = { groupColumn: "ordinary", serial: "licence", userEmail: "ordinary" } as const;

const topics: readonly Topic[] = [
  {
    // On in Sense; an option in QlikView, off by default. On the server the row below needs it on.
    topic: "strict exclusion",
    says: { ...everywhere({ strict: true }), "qlikview-desktop": { strict: false } },
  },
  {
    // "All data" is the loose wording of "all data unless limited by the table" (SA-ACC-03); a QlikView server knows no ADMIN.
    topic: "ADMIN level",
    says: {
      ...everywhere({ adminReduced: true, adminLevel: "admin" }),
      "qlikview-server": { adminReduced: true, adminLevel: "user" },
    },
  },
  {
    // All data; denied on a QlikView server, where ADMIN is USER and exclusion strict (SA-STR-05).
    topic: "ADMIN, nothing matches",
    says: {
      ...everywhere({ adminNoMatch: "all" }),
      "qlikview-server": { adminLevel: "user", strict: true, userBlank: "deny" },
    },
  },
  {
    topic: "identity columns",
    says: {
      "cm-1.1": { ...clientManaged, userEmail: "ordinary", bareUserId: false },
      "cm-2018": { ...clientManaged, userEmail: "wildcardOnly", bareUserId: false },
      "cm-2021": { ...clientManaged, userEmail: "wildcardOnly", bareUserId: false },
      cloud: { groupColumn: "system", serial: "ignored", userEmail: "email", bareUserId: true },
      "qlikview-desktop": qlikView,
      "qlikview-server": qlikView,
    },
  },
  {
    topic: "groups",
    says: {
      ...everywhere({ groupColumn: "system" }),
      "qlikview-desktop": { groupColumn: "ordinary" },
      "qlikview-server": { groupColumn: "ordinary" },
    },
  },
  {
    // H-OLD alone asks for it, and says that a reload does not apply new rights (SA-LIF-02).
    topic: "published needed",
    says: {
      ...everywhere({ publishedRequired: false, reloadApplies: true }),
      "cm-2018": { publishedRequired: true, reloadApplies: false },
    },
  },
  {
    // Older examples show a Star statement, none says that `*` needs it (SA-WLD-07).
    topic: "Star is needed",
    says: everywhere({ starSymbol: "asterisk" }),
  },
];

/** Rows about the document's own options, the schedulers' rows in it and what charts show: no evaluator answers those. */
const unasked = ["reduction at open", "scheduler row", "binary load prohibition", "omitted field in a chart"];

function departures(topic: Topic, dialect: (name: DialectName) => Dialect): readonly string[] {
  return Object.entries(topic.says).flatMap(([release, says]) =>
    Object.entries(says)
      .filter(([name, reading]) => Reflect.get(dialect(release as DialectName), name) !== reading)
      .map(([name]) => `${topic.topic}: ${release} ${name}`),
  );
}

test("gives each release the readings of the table, row by row", () => {
  assert.equal(topics.length + unasked.length, 11);
  assert.deepEqual(
    topics.flatMap((topic) => departures(topic, dialectOf)),
    [],
  );
  const planted = { ...dialectOf("cloud"), serial: "qliksense" } as const;
  const told = topics.flatMap((topic) => departures(topic, (name) => (name === "cloud" ? planted : dialectOf(name))));
  assert.deepEqual(told, ["identity columns: cloud serial"]);
});

test("departs from the documented readings of section access only where the table does", () => {
  const documented = dialectOf("documented");
  const ofAccess = switches.filter((name) => switchRequirement[name].startsWith("SA-"));
  for (const release of dialectNames.filter((name): name is Release => name !== "documented")) {
    const said = new Set(topics.flatMap(({ says }) => Object.keys(says[release])));
    const departed = ofAccess.filter((name) => dialectOf(release)[name] !== documented[name]);
    assert.deepEqual(
      departed.filter((name) => !said.has(name)),
      [],
      release,
    );
  }
});

test("lists every reading a switch may take, the documented one first", () => {
  const source = readFileSync(new URL("../../catalogue/dialects.ts", import.meta.url), "utf8");
  const documented = dialectOf("documented");
  const written = new Map(switchesIn(source).map((one) => [one.name, one.readings.split(", ")]));
  for (const name of switches) {
    const listed: readonly (string | boolean)[] = readings[name];
    assert.deepEqual(listed.map(String).toSorted(), written.get(name)?.toSorted(), name);
    assert.equal(listed[0], documented[name], name);
  }
});
