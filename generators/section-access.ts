/** Worlds for section access: an app, its security tables and the people who open it; reproducible, shrinkable. */
import * as fc from "fast-check";
import type { Principal } from "../contract/types.ts";
import type { LoadedApp } from "../reload/model.ts";
import { randomDataModel } from "./data-model.ts";
import { diceOf } from "./dice.ts";
import { disputed } from "./disputes.ts";
import { randomPrincipals } from "./directory.ts";
import { printScript } from "./print.ts";
import { randomSecurity } from "./security-table.ts";
import { smallerWorlds } from "./smaller-worlds.ts";

export interface AccessWorld {
  readonly loaded: LoadedApp;
  readonly principals: readonly Principal[];
  /** Load script that leaves `loaded` behind; printed when asked for. */
  readonly script: string;
}

export interface AccessWorldOptions {
  /** Most app tables, 1 to 4; 4 unless told. */
  readonly maxTables?: number;
  /** Most rows of an app table before duplicates; 8 unless told. */
  readonly maxRows?: number;
  /** Works in what documentation leaves open; the dialect decides. Off unless told. */
  readonly disputed?: boolean;
}

function worldOf(loaded: LoadedApp, principals: readonly Principal[]): AccessWorld {
  return {
    loaded,
    principals,
    get script() {
      return printScript(loaded);
    },
  };
}

/** The world at a position of a campaign: the same for the same seed, index and options for ever. */
export function randomAccessWorld(seed: number, index: number, options: AccessWorldOptions = {}): AccessWorld {
  const dice = diceOf(seed, index);
  const principals = randomPrincipals(dice);
  const app = randomDataModel(dice, { maxTables: options.maxTables ?? 4, maxRows: options.maxRows ?? 8 });
  const world = { loaded: { access: randomSecurity(app, principals, dice), app }, principals };
  const { loaded, principals: asking } = options.disputed === true ? disputed(world, dice) : world;
  return worldOf(loaded, asking);
}

class AccessWorlds extends fc.Arbitrary<AccessWorld> {
  readonly options: AccessWorldOptions;

  constructor(options: AccessWorldOptions) {
    super();
    this.options = options;
  }

  override generate(random: fc.Random): fc.Value<AccessWorld> {
    const seed = random.nextInt(0, 0x7fff_ffff);
    return new fc.Value(randomAccessWorld(seed, random.nextInt(0, 0x7fff_ffff), this.options), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is AccessWorld {
    return typeof value === "object" && value !== null && "loaded" in value && "principals" in value;
  }

  override shrink(world: AccessWorld): fc.Stream<fc.Value<AccessWorld>> {
    const smaller = smallerWorlds(world.loaded, world.principals);
    return fc.stream(smaller).map(({ loaded, principals }) => new fc.Value(worldOf(loaded, principals), undefined));
  }
}

/** Any world, shrinking in domain steps: person, group, table, row, field. */
export function accessWorld(options: AccessWorldOptions = {}): fc.Arbitrary<AccessWorld> {
  return new AccessWorlds(options);
}
