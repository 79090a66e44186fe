/** The worked examples of the help as loaded apps, written from the text (section-access catalogue, section 12). */
import type { Principal, Value } from "../../../contract/types.ts";
import type { AccessTable, AppTable, LoadedApp } from "../../../reload/model.ts";

type Rows = readonly (readonly Value[])[];

export function appTable(name: string, fields: string, rows: Rows, loosened = false): AppTable {
  return { name, fields: fields.split(" "), rows, loosened };
}

export function accessTable(fields: string, rows: Rows, name = "Access"): AccessTable {
  return { name, fields: fields.split(" "), rows, inline: rows.map(() => true) };
}

/** `CORP\ann`, with groups after a colon: `CORP\ann:SALES,NORTH`. */
export function who(text: string): Principal {
  const [fullName = "", groups = ""] = text.split(":");
  const [directory = "", id = ""] = fullName.split("\\");
  return { directory, id, groups: groups === "" ? [] : groups.split(","), attributes: {}, session: {} };
}

const letters = appTable("T1", "ALPHA NUM REDUCTION", [
  ["A", 1, 1],
  ["B", 2, 2],
  ["C", 3, 3],
]);

/** WE-1: dynamic data reduction, with fields omitted. */
export const we1: LoadedApp = {
  app: [letters],
  access: [
    accessTable("ACCESS USERID REDUCTION OMIT", [
      ["USER", "AD_DOMAIN\\ADMIN", "*", ""],
      ["USER", "AD_DOMAIN\\A", 1, ""],
      ["USER", "AD_DOMAIN\\B", 2, "NUM"],
      ["USER", "AD_DOMAIN\\C", 3, "ALPHA"],
      ["USER", "INTERNAL\\SA_SCHEDULER", "*", ""],
    ]),
  ],
};

/** WE-2: an ADMIN row with a blank sees all rows. */
export const we2: LoadedApp = {
  app: [letters],
  access: [
    accessTable("ACCESS USERID REDUCTION", [
      ["USER", "AD_DOMAIN\\ADMIN", "*"],
      ["USER", "AD_DOMAIN\\A", 1],
      ["USER", "AD_DOMAIN\\B", 2],
      ["USER", "AD_DOMAIN\\C", 3],
      ["ADMIN", "INTERNAL\\SA_SCHEDULER", ""],
    ]),
  ],
};

/** WE-3: `*` gives the listed values 1 and 2, not 3. */
export const we3: LoadedApp = {
  app: [letters],
  access: [
    accessTable("ACCESS USERID REDUCTION", [
      ["USER", "EXAMPLE\\USER1", "*"],
      ["USER", "EXAMPLE\\USER2", 1],
      ["USER", "EXAMPLE\\USER3", 2],
      ["ADMIN", "EXAMPLE\\USER4", ""],
    ]),
  ],
};

/** WE-4: columns removed by OMIT, one a row, `*` for all listed. */
export const we4: LoadedApp = {
  app: [appTable("Figures", "SALES WAREHOUSE EMPLOYEES ORDERS", [[1, 2, 3, 4]])],
  access: [
    accessTable("ACCESS USERID OMIT", [
      ["ADMIN", "CORP\\ADMIN", ""],
      ["USER", "CORP\\USER1", "SALES"],
      ["USER", "CORP\\USER2", "WAREHOUSE"],
      ["USER", "CORP\\USER3", "EMPLOYEES"],
      ["USER", "CORP\\USER4", "SALES"],
      ["USER", "CORP\\USER4", "WAREHOUSE"],
      ["USER", "CORP\\USER5", "*"],
    ]),
  ],
};

/** WE-5: strict exclusion; Erica's value is not in the data. */
export const we5: LoadedApp = {
  app: [appTable("Regions", "REGION", [["A"], ["B"]])],
  access: [
    accessTable("ACCESS USERID REGION", [
      ["ADMIN", "CORP\\ANNA", "A"],
      ["ADMIN", "CORP\\ANNA", "B"],
      ["USER", "CORP\\MARY", "A"],
      ["USER", "CORP\\ERICA", "C"],
    ]),
  ],
};

const facts = appTable("Facts", "COUNTRY PRODUCTGROUP COUNTRYPRODUCT", [
  ["GERMANY", "MACHINES", "GERMANY|MACHINES"],
  ["GERMANY", "FOOD", "GERMANY|FOOD"],
  ["FRANCE", "MACHINES", "FRANCE|MACHINES"],
  ["FRANCE", "FOOD", "FRANCE|FOOD"],
]);

/** WE-7: two reducing fields; the pairing of a row is lost. */
export const we7: LoadedApp = {
  app: [facts],
  access: [
    accessTable("ACCESS USERID COUNTRY PRODUCTGROUP", [
      ["USER", "CORP\\MARKUS", "GERMANY", "MACHINES"],
      ["USER", "CORP\\MARKUS", "FRANCE", "FOOD"],
    ]),
  ],
};

/** WE-7 with the documented cure, one composite key. */
export const we7Key: LoadedApp = {
  app: [facts],
  access: [
    accessTable("ACCESS USERID COUNTRYPRODUCT", [
      ["USER", "CORP\\MARKUS", "GERMANY|MACHINES"],
      ["USER", "CORP\\MARKUS", "FRANCE|FOOD"],
    ]),
  ],
};

/** WE-8: groups. */
export const we8: LoadedApp = {
  app: [letters],
  access: [
    accessTable("ACCESS USERID GROUP REDUCTION OMIT", [
      ["USER", "*", "ADMIN", "*", ""],
      ["USER", "*", "A", 1, ""],
      ["USER", "*", "B", 2, "NUM"],
      ["USER", "*", "C", 3, "ALPHA"],
      ["USER", "*", "GROUP1", 3, ""],
      ["ADMIN", "INTERNAL\\SA_SCHEDULER", "*", "*", ""],
    ]),
  ],
};

/** WE-11: OMIT in a table of its own, with mixed-case field names. */
export const we11: LoadedApp = {
  app: [appTable("Employees", "EmpID Name Salary Absence", [[1, "Ann", 4000, 2]])],
  access: [
    accessTable("ACCESS USERID OMITGROUP", [
      ["ADMIN", "CORP\\ADMIN", ""],
      ["USER", "CORP\\USER1", ""],
      ["USER", "CORP\\USER2", "SALARYONLY"],
      ["USER", "CORP\\USER3", "SALARYANDABSENCE"],
      ["USER", "CORP\\USER4", "ABSENCEONLY"],
    ]),
    accessTable(
      "OMITGROUP OMIT",
      [
        ["SALARYONLY", "Salary"],
        ["SALARYANDABSENCE", "Salary"],
        ["SALARYANDABSENCE", "Absence"],
        ["ABSENCEONLY", "Absence"],
      ],
      "OmitGroups",
    ),
  ],
};
