/** Laws about asking again and about the doors through which the same data are seen. They hold of any app as it is. */
import type { Principal, RequirementId, Surface } from "../../contract/types.ts";
import type { Law, LawAsk, Posed } from "./posing.ts";

/** What is asked of one world alone; it needs no changed one, and so no right to deploy. */
export interface ViewLaw {
  readonly id: string;
  readonly says: string;
  readonly because: readonly RequirementId[];
  /** The questions; undefined where nobody else is there whom it takes. */
  readonly asks: (who: Principal, people: readonly Principal[]) => readonly LawAsk[] | undefined;
}

function seen(id: string, as: Principal, through: Surface = "tables"): LawAsk {
  return { id, at: "main", as, through };
}

const askingAgain: ViewLaw = {
  id: "S20",
  says: "shows the same to who asks again after somebody else",
  because: ["SA-RED-12"],
  asks: (who, people) => {
    const others = people.filter((other) => other !== who);
    if (others.length === 0) return undefined;
    return [
      seen("before", who),
      ...others.map((other, at) => seen(`other-${at}`, other)),
      { ...seen("after", who), relation: { holds: "equal", to: ["before"] } },
    ];
  },
};

function agreeing(doors: readonly Surface[], who: Principal): readonly LawAsk[] {
  const through = doors.map((door): LawAsk => ({
    ...seen(door, who, door),
    relation: { holds: "consistent", to: ["tables"] },
  }));
  return [seen("tables", who), ...through];
}

const countsAreOfTheVisible: ViewLaw = {
  id: "S24",
  says: "counts the rows and values that are shown",
  because: ["EN-041"],
  asks: (who) => agreeing(["counts"], who),
};

const doorsAgree: ViewLaw = {
  id: "S25",
  says: "shows through every door what the tables show",
  because: ["SA-RED-13"],
  asks: (who) => agreeing(["hypercube", "fields", "list", "search", "export"], who),
};

export const viewLaws: readonly ViewLaw[] = [askingAgain, countsAreOfTheVisible, doorsAgree];

function asLaw({ id, says, because, asks }: ViewLaw): Law {
  return {
    id,
    says,
    because,
    reading: {},
    oneTable: false,
    guardedFor: "",
    guard: () => true,
    pose: (setting, who): Posed | undefined => {
      const posed = asks(who, setting.principals);
      return posed === undefined ? undefined : { worlds: { main: setting }, asks: posed };
    },
  };
}

export const lawsOfSurfaces: readonly Law[] = viewLaws.map(asLaw);
