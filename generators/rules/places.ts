/** Where values of a kind of operand lie, how many can be there, and two of them that one type of resource has. */
import type { Dice } from "../dice.ts";
import { thingTypes, type ThingSlot, type ThingType, type UserSlot } from "./drafts.ts";
import type { Count, Features } from "./factors.ts";

export interface Place {
  /** The path as written; empty for a text. */
  readonly written: string;
  readonly root: "text" | "user" | "resource";
  /** Relations on the way. */
  readonly steps: readonly ("app" | "stream" | "owner")[];
  /** What is set at its end; `link`: the last relation itself; absent: nothing can be. */
  readonly slot?: UserSlot | ThingSlot | "link";
  readonly types: readonly ThingType[];
  readonly counts: readonly Count[];
  /** A word such values have. */
  readonly word: string;
  /** The id of the one who asks: it cannot be set. */
  readonly fixed?: true;
}

const any: readonly Count[] = ["missing", "empty", "one", "several"];
const single: readonly Count[] = ["missing", "empty", "one"];
const one: readonly Count[] = ["one"];
const owned: readonly ThingType[] = ["Stream", "App", "App.Object", "DataConnection"];
const custom: readonly ThingType[] = ["Stream", "App", "DataConnection", "ReloadTask"];
const inApps: readonly ThingType[] = ["App.Object", "ReloadTask"];

function ofUser(written: string, slot: UserSlot, word: string, counts: readonly Count[] = any): Place {
  return { written: `user.${written}`, root: "user", steps: [], slot, types: thingTypes, counts, word };
}

interface OfThing {
  readonly types: readonly ThingType[];
  readonly counts?: readonly Count[];
  readonly word?: string;
}

/** `app.stream.@Region`: the last part is the slot, what stands before it the way. */
function ofThing(written: string, slot: ThingSlot | "link", { types, counts = any, word = "NORTH" }: OfThing): Place {
  const parts = written.split(".");
  const steps = parts.filter((part) => part === "app" || part === "stream" || part === "owner");
  return { written: `resource.${written}`, root: "resource", steps, slot, types, counts, word };
}

/** Both custom properties at the end of a way. */
function customs(way: string, types: readonly ThingType[]): readonly Place[] {
  return [
    ofThing(`${way}@Region`, "@Region", { types }),
    ofThing(`${way}@GroupAccess`, "@GroupAccess", { types, word: "Sales" }),
  ];
}

const nowhere: Place = { written: "", root: "text", steps: [], types: thingTypes, counts: one, word: "" };

const places: { readonly [kind in Features["left"] | "none"]: readonly Place[] } = {
  none: [],
  text: [nowhere],
  user: [{ ...nowhere, written: "user", root: "user" }],
  "user name": [{ ...nowhere, written: "user.userId", root: "user", fixed: true }],
  "user property": [
    ofUser("group", "group", "Sales", ["missing", "one", "several"]),
    ofUser("department", "department", "Buying"),
    ofUser("title", "title", "Buyer"),
  ],
  roles: [ofUser("roles", "roles", "Buyer")],
  session: [
    ofUser("environment.group", "session group", "Sales"),
    ofUser("environment.department", "session department", "Buying"),
  ],
  "user custom": [ofUser("@Region", "@Region", "NORTH"), ofUser("@GroupAccess", "@GroupAccess", "Sales")],
  resource: [{ ...nowhere, written: "resource", root: "resource" }],
  "resource property": [
    ofThing("name", "name", { types: thingTypes, counts: one, word: "Sales" }),
    ofThing("description", "description", { types: ["App.Object"], counts: single, word: "Sales" }),
    ofThing("objectType", "objectType", { types: ["App.Object"], counts: single, word: "sheet" }),
    ofThing("type", "type", { types: ["DataConnection"], counts: single, word: "folder" }),
  ],
  "resource custom": customs("", custom),
  "one step": [...customs("app.", inApps), ...customs("stream.", ["App"])],
  "two steps": [...customs("app.stream.", inApps), ...customs("stream.owner.", ["App"])],
  "three steps": customs("app.stream.owner.", inApps),
  owner: [ofThing("owner", "link", { types: owned, counts: single })],
  "owner property": customs("owner.", owned),
  related: [
    ofThing("app", "link", { types: inApps, counts: single }),
    ofThing("stream", "link", { types: ["App"], counts: single }),
  ],
  unknown: [
    { ...nowhere, written: "user.nosuch", root: "user", counts: ["missing"] },
    { ...nowhere, written: "resource.nosuch", root: "resource", counts: ["missing"] },
  ],
};

export interface Places {
  readonly left: Place;
  readonly right: Place | undefined;
  readonly type: ThingType;
}

function shared(left: Place, right: Place | undefined): readonly ThingType[] {
  return right === undefined ? left.types : left.types.filter((type) => right.types.includes(type));
}

/** A path against itself is constant. */
function isSamePath(left: Place, right: Place | undefined): boolean {
  return right !== undefined && left.root !== "text" && left.written === right.written;
}

/** Two places that hold as many values as asked, on a type that has both. Throws where the features contradict each other. */
export function placesFor(features: Features, dice: Dice): Places {
  const lefts = places[features.left].filter(({ counts }) => counts.includes(features.leftCount));
  const { rightCount } = features;
  const rights =
    rightCount === "none" ? [undefined] : places[features.right].filter(({ counts }) => counts.includes(rightCount));
  const pairs = lefts.flatMap((left) =>
    rights
      .filter((right) => !isSamePath(left, right) && shared(left, right).length > 0)
      .map((right) => ({ left, right })),
  );
  const pair = pairs[dice.below(pairs.length)];
  if (pair === undefined) throw new RangeError(`no place for ${JSON.stringify(features)}`);
  const all = shared(pair.left, pair.right);
  const types = features.operator === "IsOwned" ? all.filter((type) => owned.includes(type)) : all;
  const type = types[dice.below(types.length)] ?? "App";
  return { ...pair, type };
}
