/** What a person would want to know of an app's section access before a release. */
import type { Dialect } from "../../../catalogue/dialects.ts";
import type { Principal } from "../../../contract/types.ts";
import type { LoadedApp } from "../../../reload/model.ts";
import type { ScriptSource } from "../places.ts";
import { fieldCase, leftoverCopy, nearSystemField, qualified, systemFieldInData, unreduced } from "./field-rules.ts";
import type { Finding } from "./finding.ts";
import { crossProducts, lockedOut, lockedOutIn, missingScheduler, serviceAccounts } from "./people-rules.ts";
import { blankIdentities, duplicates, levels, ragged } from "./row-rules.ts";
import { subjectOf, type AccessCell, type Subject } from "./subject.ts";
import { absent, loneStar, mixedCase, omitDelicate, omitNames, unlisted, whiteSpace } from "./value-rules.ts";

const byRow = [levels, blankIdentities, duplicates, ragged, whiteSpace];
const byField = [fieldCase, nearSystemField, leftoverCopy, systemFieldInData, unreduced];
const byValue = [loneStar, mixedCase, unlisted, omitNames, omitDelicate];
const byPerson = [crossProducts, missingScheduler, serviceAccounts];

function all(subject: Subject): readonly Finding[] {
  const names = qualified(subject);
  // With its names gone a table has neither users nor values to speak of.
  if (names.length > 0) return names;
  const locked = lockedOutIn(subject);
  const cells = new Set(
    locked.flatMap((each) => each.cells.map(({ table, row, field }) => `${table} ${row} ${field}`)),
  );
  const told = ({ table, row, field }: AccessCell): boolean => cells.has(`${table} ${row} ${field}`);
  return [
    ...[...byField, ...byRow, ...byValue].flatMap((rule) => rule(subject)),
    ...absent(subject, told),
    ...lockedOut(subject, locked),
    ...byPerson.flatMap((rule) => rule(subject)),
  ];
}

const order: readonly Finding["severity"][] = ["fail-open", "locks-out", "advice"];

/** Findings of one app, the gravest first; none for an app without section access. */
export function lint(
  source: ScriptSource,
  loaded: LoadedApp,
  users: readonly Principal[],
  dialect: Dialect,
): readonly Finding[] {
  const subject = subjectOf(source, loaded, users, dialect);
  if (subject === undefined) return [];
  return all(subject).toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}
