/** Why rows apply to a user and give the level they give. */
import type { Dialect } from "../../catalogue/dialects.ts";
import type { Principal, Reason, RequirementId } from "../../contract/types.ts";
import { cellsOf, type Cell, type SecurityTable } from "./access-model.ts";
import { fullName, identitySelections, namesOf, namingFields, type IdentityField, type Level } from "./names.ts";
import type { Possible } from "./propagation.ts";
import { isBlank, isStar, textOf } from "./values.ts";

const identityRequirement: { readonly [field in IdentityField]: RequirementId } = {
  USERID: "SA-SYS-02",
  GROUP: "SA-SYS-04",
  NTNAME: "SA-SYS-06",
  "USER.EMAIL": "SA-SYS-03",
};

export function whyRefused(possible: readonly Cell[], who: Principal): Reason {
  if (possible.length === 0) return { requirement: "SA-ROW-06", evidence: `no row names ${fullName(who)}` };
  const found = possible.map((cell) => JSON.stringify(textOf(cell.value))).join(", ");
  return { requirement: "SA-ACC-01", evidence: `ACCESS is ${found}, which is no level` };
}

export function whyLevel(granted: readonly Cell[], level: Level, dialect: Dialect): Reason[] {
  const levels = new Set(granted.map((cell) => cell.value));
  if (granted.some((cell) => isStar(cell.value))) {
    return [{ requirement: "SA-ACC-02", evidence: "ACCESS is *, read as ADMIN" }];
  }
  if (levels.size > 1) return [{ requirement: "SA-ACC-05", evidence: `ADMIN and USER rows apply; ${level} holds` }];
  if (level === "ADMIN" && dialect.adminLevel === "user") {
    return [{ requirement: "SA-STR-05", evidence: "ADMIN rows open with USER rights" }];
  }
  return [{ requirement: "SA-ACC-01", evidence: `level ${level}` }];
}

export interface Question {
  readonly who: Principal;
  readonly dialect: Dialect;
}

export function whyApplies(tables: readonly SecurityTable[], rows: Possible, asking: Question): Reason[] {
  const routes = namingFields(asking.dialect).flatMap((field) =>
    cellsOf(tables, field, rows).map((cell) => ({ field, cell, reason: whyMatches(field, cell, asking) })),
  );
  const distinct = new Set(
    routes.filter(({ cell }) => !isStar(cell.value)).map(({ field, cell }) => `${field}=${textOf(cell.value)}`),
  );
  const reasons = routes.map(({ reason }) => reason);
  const several = new Set(routes.map(({ cell }) => `${cell.table.name}#${cell.row}`)).size > 1;
  if (distinct.size > 1) reasons.push({ requirement: "SA-ROW-05", evidence: [...distinct].join(" and ") });
  else if (several) reasons.push({ requirement: "SA-ROW-04", evidence: "several rows apply" });
  if (tables.length > 1)
    reasons.push({ requirement: "SA-SCR-04", evidence: tables.map((table) => table.name).join(" and ") });
  const serial = asking.dialect.serial !== "ignored" ? cellsOf(tables, "SERIAL", rows)[0] : undefined;
  if (serial !== undefined) reasons.push({ requirement: "SA-SYS-05", evidence: `SERIAL is ${textOf(serial.value)}` });
  return [...reasons, ...whyMixed(tables, rows, asking), ...whyCase(routes, asking)];
}

function whyMatches(field: IdentityField, cell: Cell, { who, dialect }: Question): Reason {
  const evidence = `row ${cell.row} of ${cell.table.name}: ${field} is ${JSON.stringify(textOf(cell.value))}`;
  if (isBlank(cell.value)) return { requirement: "SA-ROW-03", evidence };
  if (!isStar(cell.value)) return { requirement: identityRequirement[field], evidence };
  const nameless = namesOf(who, dialect)[field].length === 0;
  return { requirement: nameless && field === "GROUP" ? "SA-ROW-02" : "SA-WLD-01", evidence };
}

/** Rows with several identity cells of which only some name the user: the readings AND and OR part there. */
function whyMixed(tables: readonly SecurityTable[], rows: Possible, { who, dialect }: Question): Reason[] {
  const matches = identitySelections(who, dialect);
  return tables.flatMap((table, at) =>
    table.rows.flatMap((row, index): Reason[] => {
      const named = namingFields(dialect).filter((field) => {
        const value = row[table.fields.indexOf(field)] ?? null;
        return !isBlank(value) && !isStar(value);
      });
      const fits = named.filter((field) => matches.get(field)?.(row[table.fields.indexOf(field)] ?? null) === true);
      if (fits.length === 0 || fits.length === named.length) return [];
      const verdict = rows[at]?.[index] === true ? "applies" : "does not apply";
      return [
        {
          requirement: "SA-ROW-01",
          evidence: `row ${index + 1} of ${table.name} names the user by ${fits.join(", ")} only and ${verdict}`,
        },
      ];
    }),
  );
}

/** The spelling of the script is not the user's own: only a comparison that ignores case finds him (SA-SYS-08). */
function whyCase(
  routes: readonly { readonly field: IdentityField; readonly cell: Cell }[],
  { who, dialect }: Question,
): Reason[] {
  const names = namesOf(who, dialect);
  const differing = routes.find(
    ({ field, cell }) => !isStar(cell.value) && !isBlank(cell.value) && !names[field].includes(textOf(cell.asWritten)),
  );
  if (differing === undefined) return [];
  const written = JSON.stringify(textOf(differing.cell.asWritten));
  return [{ requirement: "SA-SYS-08", evidence: `${written} stands for ${names[differing.field].join(", ")}` }];
}
