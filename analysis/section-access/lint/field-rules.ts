/** Findings about names: fields that do not link, fields that link and should not, tables nothing reduces. */
import { isSystemField } from "../../../reference/section-access/names.ts";
import { appFieldsOf } from "../../../reference/section-access/reducing-fields.ts";
import { upperText } from "../../../reference/section-access/values.ts";
import type { AppTable } from "../../../reload/model.ts";
import { distance } from "../near.ts";
import { finding, type Finding } from "./finding.ts";
import { isIdentity, reducingNames, selectsIn, type Subject } from "./subject.ts";

const systemNames = ["ACCESS", "USERID", "GROUP", "NTNAME", "USER.EMAIL", "SERIAL", "OMIT"] as const;

/** The fields of section access, each with the first table that has it. */
function namedFields({ tables }: Subject): readonly { readonly table: number; readonly field: string }[] {
  const names = [...new Set(tables.flatMap((table) => table.fields))];
  return names.map((field) => ({ field, table: tables.findIndex((table) => table.fields.includes(field)) }));
}

export function fieldCase(subject: Subject): readonly Finding[] {
  const inApp = appFieldsOf(subject.loaded.app);
  return namedFields(subject).flatMap(({ table, field }) => {
    if (isSystemField(field, subject.dialect) || selectsIn(subject, field).length > 0) return [];
    const near = inApp.find((name) => upperText(name) === upperText(field));
    if (near === undefined) return [];
    const message = `section access has ${field}, the app ${near}: the names differ in letter case, nothing is reduced, and whoever gets in sees every ${near}`;
    return [finding("field-case", subject.places.labelAt(table, field), message)];
  });
}

function isNearly(field: string, name: string): boolean {
  const plain = field.replaceAll(/[\s_.\u00a0-]/g, "");
  const wanted = name.replaceAll(".", "");
  return plain === wanted || (name.length >= 4 && distance(plain, wanted, 1) <= 1);
}

export function nearSystemField(subject: Subject): readonly Finding[] {
  const inApp = new Set(appFieldsOf(subject.loaded.app).map(upperText));
  return namedFields(subject).flatMap(({ table, field }) => {
    const links = subject.tables.filter((each) => each.fields.includes(field)).length > 1;
    if (links || systemNames.some((name) => name === field) || inApp.has(field)) return [];
    const near = systemNames.find((name) => isNearly(field, name));
    if (near === undefined) return [];
    const message = `${field} is not the system field ${near}: the column decides nothing, and its rows apply as if it were not there`;
    return [finding("near-system-field", subject.places.labelAt(table, field), message)];
  });
}

export function qualified(subject: Subject): readonly Finding[] {
  return subject.access.flatMap((table, at) => {
    const fields = table.fields.filter((field) => field.startsWith(`${table.name}.`));
    const [first] = fields;
    if (first === undefined) return [];
    const message = `QUALIFY is in effect inside section access and makes ${fields.join(", ")} of the fields of ${table.name}: none of them is a system field or reduces any more`;
    const label = subject.places.labelAt(at, first.slice(table.name.length + 1));
    return [finding("qualified", label, message)];
  });
}

function looksLikeRights(table: AppTable): boolean {
  const names = table.fields.map(upperText);
  return names.includes("ACCESS") && names.some(isIdentity);
}

export function leftoverCopy(subject: Subject): readonly Finding[] {
  return subject.loaded.app.filter(looksLikeRights).map(({ name }) => {
    const message = `${name} is a copy of the rights left in the app: it is data like any other, shows users the rights of others, and reduces by its system fields, which can lock everybody out`;
    return finding("leftover-copy", subject.loadOf(name), message);
  });
}

export function systemFieldInData(subject: Subject): readonly Finding[] {
  return subject.loaded.app
    .filter((table) => !looksLikeRights(table))
    .flatMap((table) => {
      const fields = table.fields.filter((field) => systemNames.some((name) => name === field));
      const [first] = fields;
      if (first === undefined) return [];
      const message = `${table.name} has the field ${fields.join(", ")}, a name of section access: where section access has it too, rows are reduced by ${first}`;
      return [finding("system-field-in-data", subject.loadOf(table.name), message)];
    });
}

function share(one: AppTable, other: AppTable): boolean {
  return one.fields.some((field) => other.fields.includes(field));
}

/** Tables that associate, over others, with one that holds a reducing field. */
function reached(app: readonly AppTable[], fields: readonly string[]): ReadonlySet<AppTable> {
  const found = new Set(app.filter((table) => table.fields.some((field) => fields.includes(field))));
  for (const table of found) {
    for (const other of app) if (!table.loosened && !other.loosened && share(table, other)) found.add(other);
  }
  return found;
}

export function unreduced(subject: Subject): readonly Finding[] {
  const fields = reducingNames(subject).flatMap((name) => selectsIn(subject, name));
  if (fields.length === 0) return [];
  const { app } = subject.loaded;
  const found = reached(app, fields);
  return app
    .filter((table) => !found.has(table) && table.rows.length > 0)
    .map((table) => {
      const rows = `${table.rows.length} ${table.rows.length === 1 ? "row" : "rows"}`;
      return table.loosened
        ? finding(
            "loosened",
            subject.loadOf(table.name),
            `${table.name} is loosely coupled: whoever gets in sees all ${rows}, whatever it shares with reduced tables`,
          )
        : finding(
            "island",
            subject.loadOf(table.name),
            `${table.name} is linked to nothing that is reduced: whoever gets in sees all ${rows}`,
          );
    });
}
