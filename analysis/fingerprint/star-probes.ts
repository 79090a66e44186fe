/** Probes about the star and about OMIT (§7 and §11). */
import { access, inline, residentAccess, sales, textOf } from "./scripts.ts";
import type { AccessProbe } from "./types.ts";

const columns = "ACCESS, USERID, REGION";
const ledger = inline("Ledger", "SALES, STOCK", "10, 4", "20, 5");

export const starProbes: readonly AccessProbe[] = [
  {
    id: "star-of-two-tables",
    requirement: "SA-WLD-03",
    title: "a star whose field another table of rights lists as well",
    about: ["starScope"],
    depends: ["starScope"],
    script: textOf(
      [
        "Section Access;",
        ...inline("Rights", columns, "USER, CORP\\ANN, *", "USER, CORP\\BEN, NORTH"),
        ...inline("Notes", "REGION, REMARK", "SOUTH, Reserved"),
        "Section Application;",
      ],
      sales,
    ),
    asks: ["ann", "ben"],
  },
  {
    id: "another-star",
    requirement: "SA-WLD-07",
    title: "`*` and the symbol of a Star statement",
    about: ["starSymbol"],
    depends: ["starSymbol", "strict"],
    script: textOf(
      ["STAR IS #;"],
      access(columns, "USER, CORP\\ANN, *", "USER, CORP\\BEN, #", "USER, CORP\\CARLA, NORTH"),
      sales,
    ),
    asks: ["ann", "ben", "carla"],
  },
  {
    id: "resident-star",
    requirement: "SA-WLD-07",
    title: "a star that no inline load brought",
    about: ["starSource"],
    depends: ["starSource", "strict"],
    script: textOf(residentAccess(columns, "USER, CORP\\ANN, *", "USER, CORP\\BEN, NORTH"), sales),
    asks: ["ann", "ben"],
  },
  {
    id: "lone-star",
    requirement: "SA-WLD-05",
    title: "a star where nothing is listed, of USER and of ADMIN",
    about: ["loneStar"],
    depends: ["loneStar", "strict", "adminReduced", "adminNoMatch", "adminLevel"],
    script: textOf(access(columns, "USER, CORP\\ANN, *", "ADMIN, CORP\\BEN, *"), sales),
    asks: ["ann", "ben"],
  },
  {
    id: "omit-star",
    requirement: "SA-OMT-03",
    title: "a star in OMIT between two names",
    about: ["omitStar"],
    depends: ["omitStar"],
    script: textOf(
      access("ACCESS, USERID, OMIT", "USER, CORP\\ANN, STOCK", "USER, CORP\\BEN, *", "USER, CORP\\CARLA, SALES"),
      ledger,
    ),
    asks: ["ben", "ann", "carla"],
  },
  {
    id: "omit-pattern",
    requirement: "SA-OMT-04",
    title: "a pattern in OMIT",
    about: ["omitPattern"],
    depends: ["omitPattern"],
    script: textOf(access("ACCESS, USERID, OMIT", "USER, CORP\\ANN, SAL*"), ledger),
    asks: ["ann"],
  },
  {
    id: "omit-mixed-case",
    requirement: "SA-OMT-06",
    title: "OMIT of a field in small letters",
    about: ["omitNameMatch"],
    depends: ["omitNameMatch"],
    script: textOf(
      access("ACCESS, USERID, OMIT", "USER, CORP\\ANN, Salary"),
      inline("Staff", "NAME, Salary", "Dora, 50", "Emil, 60"),
    ),
    asks: ["ann"],
  },
  {
    id: "omitted-key",
    requirement: "SA-OMT-09",
    title: "an omitted field that links two tables",
    about: ["omittedKey"],
    depends: ["omittedKey"],
    script: textOf(
      access("ACCESS, USERID, REGION, OMIT", "USER, CORP\\ANN, NORTH, BRANCH", "USER, CORP\\BEN, SOUTH,"),
      inline("Sales", "REGION, BRANCH, AMOUNT", "NORTH, 1, 10", "SOUTH, 2, 20"),
      inline("Branches", "BRANCH, CITY", "1, Oslo", "2, Rome"),
    ),
    asks: ["ann", "ben"],
  },
  {
    id: "omitted-reducing",
    requirement: "SA-OMT-10",
    title: "an omitted field that reduces",
    about: ["omittedReducing"],
    depends: ["omittedReducing"],
    script: textOf(
      access("ACCESS, USERID, REGION, OMIT", "USER, CORP\\ANN, NORTH, REGION", "USER, CORP\\BEN, SOUTH,"),
      sales,
    ),
    asks: ["ann", "ben"],
  },
];
