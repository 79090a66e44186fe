/** Worlds for section access: an app, its security tables and the people who open it; reproducible, shrinkable. */
import * as fc from "fast-check";
import type { Principal } from "../contract/types.ts";
import type { LoadedApp } from "../reload/model.ts";
import type { Features } from "./access/factors.ts";
import { makeHostile } from "./access/hostile.ts";
import { makeModel } from "./access/model.ts";
import { makePeople } from "./access/people.ts";
import { makeRights } from "./access/rights.ts";
import { defaultSettings, sizes, type AccessSettings, type TwistName } from "./access/settings.ts";
import { featuresAt } from "./access/steering.ts";
import { diceOf } from "./dice.ts";
import { filesOf, printScript, type Loads } from "./print.ts";
import { smallerWorlds } from "./smaller-worlds.ts";

export interface AccessWorld {
  readonly loaded: LoadedApp;
  readonly principals: readonly Principal[];
  /** The features it was made to; of a hostile world, before it was twisted. */
  readonly features: Features;
  /** What is disputed or malformed in it, by name; empty in the mode `valid`. */
  readonly twists: readonly TwistName[];
  readonly loads: Loads;
  /** Load script that leaves `loaded` behind; printed when asked for. */
  readonly script: string;
  /** What the script reads, by the path it names. */
  readonly files: { readonly [path: string]: string };
}

type Made = Pick<AccessWorld, "loaded" | "principals" | "features" | "twists" | "loads">;

function worldOf(made: Made): AccessWorld {
  return {
    ...made,
    get script() {
      return printScript(made.loaded, made.loads);
    },
    get files() {
      return filesOf(made.loaded, made.loads);
    },
  };
}

/** Settings, or in short: most app tables, most rows of one, the mode. */
export interface AccessWorldOptions extends Partial<AccessSettings> {
  /** 1, 2 or 3; more: any. */
  readonly maxTables?: number;
  readonly maxRows?: number;
  /** The mode `hostile`. */
  readonly disputed?: boolean;
}

function tablesUpTo(most: number): Partial<AccessSettings> {
  if (most > 3) return {};
  const shapes = ["single", "pair", "snowflake", "bridge"] as const;
  return { shape: shapes.slice(0, most === 3 ? 4 : most), keys: ["plain", "composite", "synthetic"], apart: ["none"] };
}

function settingsOf({ maxTables, maxRows, disputed, ...given }: AccessWorldOptions): AccessSettings {
  return {
    ...defaultSettings,
    ...(maxTables === undefined ? {} : tablesUpTo(maxTables)),
    ...(maxRows === undefined ? {} : { mostRows: Math.max(maxRows, sizes.mostRows.least) }),
    ...(disputed === true ? { mode: "hostile" } : {}),
    ...given,
  };
}

/** The world at a position of a campaign: the same for the same seed, index and settings for ever. */
export function randomAccessWorld(seed: number, index: number, given: AccessWorldOptions = {}): AccessWorld {
  const settings = settingsOf(given);
  const dice = diceOf(seed, index);
  const features = featuresAt(index, settings);
  const plan = { features, settings, dice };
  const model = makeModel(plan);
  const principals = makePeople(plan);
  const access = makeRights(model, principals, plan);
  const loads = { access: features.load, app: features.source };
  const made = { loaded: { access, app: model.tables }, principals, features, twists: [] as const, loads };
  return worldOf(settings.mode === "hostile" ? makeHostile(made, settings, dice) : made);
}

class AccessWorlds extends fc.Arbitrary<AccessWorld> {
  readonly settings: AccessWorldOptions;

  constructor(settings: AccessWorldOptions) {
    super();
    this.settings = settings;
  }

  override generate(random: fc.Random): fc.Value<AccessWorld> {
    const seed = random.nextInt(0, 0x7fff_ffff);
    return new fc.Value(randomAccessWorld(seed, random.nextInt(0, 0x7fff_ffff), this.settings), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is AccessWorld {
    return typeof value === "object" && value !== null && "loaded" in value && "principals" in value;
  }

  override shrink(world: AccessWorld): fc.Stream<fc.Value<AccessWorld>> {
    const { features, twists, loads } = world;
    return fc
      .stream(smallerWorlds(world.loaded, world.principals))
      .map(
        ({ loaded, principals }) => new fc.Value(worldOf({ loaded, principals, features, twists, loads }), undefined),
      );
  }
}

/** Any world, shrinking in domain steps: person, group, table, row, field. */
export function accessWorld(settings: AccessWorldOptions = {}): fc.Arbitrary<AccessWorld> {
  return new AccessWorlds(settings);
}
