/** The worked examples of the documentation (§12), transcribed from the tables there. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { reduce } from "../../../reference/section-access/spec.ts";
import { app, data, person, security, sees, withDialect } from "./fixtures.ts";

const letters = data("T1", "ALPHA,NUM,REDUCTION", "A,1,1", "B,2,2", "C,3,3");

describe("WE-1: Sense 1.1, dynamic data reduction", () => {
  const loaded = app(
    [
      security(
        "Access",
        "ACCESS,USERID,REDUCTION,OMIT",
        String.raw`USER,AD_DOMAIN\ADMIN,*,`,
        String.raw`USER,AD_DOMAIN\A,1,`,
        String.raw`USER,AD_DOMAIN\B,2,NUM`,
        String.raw`USER,AD_DOMAIN\C,3,ALPHA`,
        String.raw`USER,INTERNAL\SA_SCHEDULER,*,`,
      ),
    ],
    letters,
  );
  const all = { "T1(ALPHA,NUM,REDUCTION)": ["A,1,1", "B,2,2", "C,3,3"] };

  test("shows the star user every listed value", () => assert.deepEqual(sees(loaded, person("AD_DOMAIN\\ADMIN")), all));
  test("shows A his row with all fields", () =>
    assert.deepEqual(sees(loaded, person("AD_DOMAIN\\A")), { "T1(ALPHA,NUM,REDUCTION)": ["A,1,1"] }));
  test("shows B his row without NUM", () =>
    assert.deepEqual(sees(loaded, person("AD_DOMAIN\\B")), { "T1(ALPHA,REDUCTION)": ["B,2"] }));
  test("shows C his row without ALPHA", () =>
    assert.deepEqual(sees(loaded, person("AD_DOMAIN\\C")), { "T1(NUM,REDUCTION)": ["3,3"] }));
  test("shows the scheduler all three rows", () =>
    assert.deepEqual(sees(loaded, person("INTERNAL\\SA_SCHEDULER")), all));
  test("refuses anybody else", () => assert.equal(sees(loaded, person("AD_DOMAIN\\D")), "denied"));

  test("hides an unlisted value from the star user once the row of C is gone", () => {
    const without = app(
      [
        security(
          "Access",
          "ACCESS,USERID,REDUCTION,OMIT",
          String.raw`USER,AD_DOMAIN\ADMIN,*,`,
          String.raw`USER,AD_DOMAIN\A,1,`,
          String.raw`USER,AD_DOMAIN\B,2,NUM`,
        ),
      ],
      letters,
    );
    assert.deepEqual(sees(without, person("AD_DOMAIN\\ADMIN")), { "T1(ALPHA,NUM,REDUCTION)": ["A,1,1", "B,2,2"] });
  });
});

describe("WE-2: client-managed since 2021", () => {
  const loaded = app(
    [
      security(
        "Access",
        "ACCESS,USERID,REDUCTION",
        String.raw`USER,AD_DOMAIN\ADMIN,*`,
        String.raw`USER,AD_DOMAIN\A,1`,
        String.raw`USER,AD_DOMAIN\B,2`,
        String.raw`USER,AD_DOMAIN\C,3`,
        String.raw`ADMIN,INTERNAL\SA_SCHEDULER,`,
      ),
    ],
    data("T1", "ALPHA,NUM,REDUCTION", "A,1,1", "B,2,2", "C,3,3", "D,4,4"),
  );

  test("shows each USER his own number", () => {
    assert.deepEqual(sees(loaded, person("AD_DOMAIN\\A")), { "T1(ALPHA,NUM,REDUCTION)": ["A,1,1"] });
    assert.deepEqual(sees(loaded, person("AD_DOMAIN\\B")), { "T1(ALPHA,NUM,REDUCTION)": ["B,2,2"] });
    assert.deepEqual(sees(loaded, person("AD_DOMAIN\\C")), { "T1(ALPHA,NUM,REDUCTION)": ["C,3,3"] });
  });
  test("shows the star user the listed values only", () =>
    assert.deepEqual(sees(loaded, person("AD_DOMAIN\\ADMIN")), {
      "T1(ALPHA,NUM,REDUCTION)": ["A,1,1", "B,2,2", "C,3,3"],
    }));
  test("shows the scheduler, ADMIN with a blank, every row", () => {
    assert.deepEqual(sees(loaded, person("INTERNAL\\SA_SCHEDULER")), {
      "T1(ALPHA,NUM,REDUCTION)": ["A,1,1", "B,2,2", "C,3,3", "D,4,4"],
    });
  });
});

describe("WE-3: listed values tell the star from the blank", () => {
  const loaded = app(
    [
      security(
        "Access",
        "ACCESS,USERID,REDUCTION",
        String.raw`USER,CORP\USER1,*`,
        String.raw`USER,CORP\USER2,1`,
        String.raw`USER,CORP\USER3,2`,
        String.raw`ADMIN,CORP\USER4,`,
      ),
    ],
    letters,
  );
  const rows = (id: string): unknown => sees(loaded, person(`CORP\\${id}`));

  test("shows the star user 1 and 2 but not 3", () =>
    assert.deepEqual(rows("user1"), { "T1(ALPHA,NUM,REDUCTION)": ["A,1,1", "B,2,2"] }));
  test("shows the second user 1", () => assert.deepEqual(rows("user2"), { "T1(ALPHA,NUM,REDUCTION)": ["A,1,1"] }));
  test("shows the third user 2", () => assert.deepEqual(rows("user3"), { "T1(ALPHA,NUM,REDUCTION)": ["B,2,2"] }));
  test("shows the ADMIN with a blank everything", () =>
    assert.deepEqual(rows("user4"), { "T1(ALPHA,NUM,REDUCTION)": ["A,1,1", "B,2,2", "C,3,3"] }));
});

describe("WE-4: OMIT and the star", () => {
  const loaded = app(
    [
      security(
        "Access",
        "ACCESS,USERID,OMIT",
        String.raw`ADMIN,CORP\ADMIN,`,
        String.raw`USER,CORP\USER1,SALES`,
        String.raw`USER,CORP\USER2,WAREHOUSE`,
        String.raw`USER,CORP\USER3,EMPLOYEES`,
        String.raw`USER,CORP\USER4,SALES`,
        String.raw`USER,CORP\USER4,WAREHOUSE`,
        String.raw`USER,CORP\USER5,*`,
      ),
    ],
    data("Omit", "SALES,WAREHOUSE,EMPLOYEES,ORDERS", "1,2,3,4"),
  );
  const expected: readonly (readonly [string, Record<string, string[]>])[] = [
    ["ADMIN", { "Omit(SALES,WAREHOUSE,EMPLOYEES,ORDERS)": ["1,2,3,4"] }],
    ["USER1", { "Omit(WAREHOUSE,EMPLOYEES,ORDERS)": ["2,3,4"] }],
    ["USER2", { "Omit(SALES,EMPLOYEES,ORDERS)": ["1,3,4"] }],
    ["USER3", { "Omit(SALES,WAREHOUSE,ORDERS)": ["1,2,4"] }],
    ["USER4", { "Omit(EMPLOYEES,ORDERS)": ["3,4"] }],
    ["USER5", { "Omit(ORDERS)": ["4"] }],
  ];
  for (const [id, view] of expected) {
    test(`shows ${id} ${Object.keys(view).join()}`, () => assert.deepEqual(sees(loaded, person(`CORP\\${id}`)), view));
  }
  test("lists the hidden fields by name", () => {
    const seen = reduce(loaded, person("CORP\\USER5"), withDialect({}));
    assert.deepEqual(seen.access === "granted" && seen.omitted, ["EMPLOYEES", "SALES", "WAREHOUSE"]);
  });
});

describe("WE-5: strict exclusion", () => {
  const rows = [
    String.raw`ADMIN,CORP\Anna,A`,
    String.raw`ADMIN,CORP\Anna,B`,
    String.raw`USER,CORP\Mary,A`,
    String.raw`USER,CORP\Erica,C`,
  ];
  const loaded = app([security("Access", "ACCESS,USERID,LETTER", ...rows)], data("Letters", "LETTER", "A", "B"));
  const qlikView = withDialect({ strict: false });

  test("shows Anna both letters and Mary hers, strict or not", () => {
    for (const dialect of [withDialect({}), qlikView]) {
      assert.deepEqual(sees(loaded, person("CORP\\Anna"), dialect), { "Letters(LETTER)": ["A", "B"] });
      assert.deepEqual(sees(loaded, person("CORP\\Mary"), dialect), { "Letters(LETTER)": ["A"] });
    }
  });
  test("refuses Erica, whose letter the data lack", () => assert.equal(sees(loaded, person("CORP\\Erica")), "denied"));
  test("shows Erica everything without strict exclusion", () =>
    assert.deepEqual(sees(loaded, person("CORP\\Erica"), qlikView), { "Letters(LETTER)": ["A", "B"] }));
  test("shows Erica A once a row names it, strict or not", () => {
    const more = app(
      [security("Access", "ACCESS,USERID,LETTER", ...rows, String.raw`USER,CORP\Erica,A`)],
      ...loaded.app,
    );
    assert.deepEqual(sees(more, person("CORP\\Erica")), { "Letters(LETTER)": ["A"] });
    assert.deepEqual(sees(more, person("CORP\\Erica"), qlikView), { "Letters(LETTER)": ["A"] });
  });
});

describe("WE-7: several fields", () => {
  const facts = ["GERMANY,MACHINES", "GERMANY,FOOD", "FRANCE,MACHINES", "FRANCE,FOOD"];
  const markus = person("CORP\\Markus");

  test("loses the pairs: all four combinations are seen", () => {
    const loaded = app(
      [
        security(
          "Access",
          "ACCESS,USERID,COUNTRY,PRODUCTGROUP",
          String.raw`USER,CORP\MARKUS,GERMANY,MACHINES`,
          String.raw`USER,CORP\MARKUS,FRANCE,FOOD`,
        ),
      ],
      data("Facts", "COUNTRY,PRODUCTGROUP", ...facts),
    );
    assert.deepEqual(sees(loaded, markus), { "Facts(COUNTRY,PRODUCTGROUP)": facts });
  });

  test("keeps the pairs in one key field", () => {
    const keys = facts.map((fact) => fact.replace(",", "|"));
    const loaded = app(
      [
        security(
          "Access",
          "ACCESS,USERID,KEY",
          String.raw`USER,CORP\MARKUS,GERMANY|MACHINES`,
          String.raw`USER,CORP\MARKUS,FRANCE|FOOD`,
        ),
      ],
      data("Facts", "KEY", ...keys),
    );
    assert.deepEqual(sees(loaded, markus), { "Facts(KEY)": ["GERMANY|MACHINES", "FRANCE|FOOD"] });
  });
});

describe("WE-8: groups", () => {
  const loaded = app(
    [
      security(
        "Access",
        "ACCESS,USERID,GROUP,REDUCTION,OMIT",
        "USER,*,ADMIN,*,",
        "USER,*,A,1,",
        "USER,*,B,2,NUM",
        "USER,*,C,3,ALPHA",
        "USER,*,GROUP1,3,",
        String.raw`ADMIN,INTERNAL\SA_SCHEDULER,*,*,`,
      ),
    ],
    letters,
  );
  const member = (...groups: string[]): unknown => sees(loaded, person("CORP\\ann", ...groups));

  test("shows the group ADMIN rows 1 to 3", () =>
    assert.deepEqual(member("ADMIN"), { "T1(ALPHA,NUM,REDUCTION)": ["A,1,1", "B,2,2", "C,3,3"] }));
  test("shows group A row 1", () => assert.deepEqual(member("A"), { "T1(ALPHA,NUM,REDUCTION)": ["A,1,1"] }));
  test("shows group B row 2 without NUM", () => assert.deepEqual(member("B"), { "T1(ALPHA,REDUCTION)": ["B,2"] }));
  test("shows group C row 3 without ALPHA", () => assert.deepEqual(member("C"), { "T1(NUM,REDUCTION)": ["3,3"] }));
  test("shows GROUP1 row 3", () => assert.deepEqual(member("GROUP1"), { "T1(ALPHA,NUM,REDUCTION)": ["C,3,3"] }));
  test("adds up the rows of A and GROUP1", () =>
    assert.deepEqual(member("A", "GROUP1"), { "T1(ALPHA,NUM,REDUCTION)": ["A,1,1", "C,3,3"] }));
  test("hides ALPHA from a member of C and GROUP1", () =>
    assert.deepEqual(member("C", "GROUP1"), { "T1(NUM,REDUCTION)": ["3,3"] }));
  test("refuses a user without a group", () => assert.equal(member(), "denied"));
  test("shows the scheduler, who has no group, the listed values", () => {
    assert.deepEqual(sees(loaded, person("INTERNAL\\sa_scheduler")), {
      "T1(ALPHA,NUM,REDUCTION)": ["A,1,1", "B,2,2", "C,3,3"],
    });
  });
  test("opens the finance app to members of FINANCE only", () => {
    const finance = app([security("Access", "ACCESS,GROUP", "USER,FINANCE")], letters);
    assert.deepEqual(sees(finance, person("CORP\\ann", "Finance")), {
      "T1(ALPHA,NUM,REDUCTION)": ["A,1,1", "B,2,2", "C,3,3"],
    });
    assert.equal(sees(finance, person("CORP\\ben", "Sales")), "denied");
  });
});

describe("WE-11: OMIT in a sub table", () => {
  const loaded = app(
    [
      security(
        "Access",
        "ACCESS,USERID,OMITGROUP",
        String.raw`ADMIN,CORP\ADMIN,`,
        String.raw`USER,CORP\USER1,`,
        String.raw`USER,CORP\USER2,SALARYONLY`,
        String.raw`USER,CORP\USER3,SALARYANDABSENCE`,
        String.raw`USER,CORP\USER4,ABSENCEONLY`,
      ),
      security(
        "OmitGroups",
        "OMITGROUP,OMIT",
        "SALARYONLY,Salary",
        "SALARYANDABSENCE,Salary",
        "SALARYANDABSENCE,Absence",
        "ABSENCEONLY,Absence",
      ),
    ],
    data("Employees", "EmpID,Name,Salary,Absence", "1,Ann,900,2", "2,Ben,800,5"),
  );
  const fields = (id: string): unknown => Object.keys(sees(loaded, person(`CORP\\${id}`)))[0];

  test("hides Salary from USER2", () => assert.equal(fields("USER2"), "Employees(EmpID,Name,Absence)"));
  test("hides both from USER3", () => assert.equal(fields("USER3"), "Employees(EmpID,Name)"));
  test("hides Absence from USER4", () => assert.equal(fields("USER4"), "Employees(EmpID,Name,Salary)"));
  test("hides nothing from ADMIN and USER1, whose group is blank", () => {
    assert.equal(fields("ADMIN"), "Employees(EmpID,Name,Salary,Absence)");
    assert.equal(fields("USER1"), "Employees(EmpID,Name,Salary,Absence)");
  });
});

test("WE-13: a blank beside a value adds nothing", () => {
  const loaded = app(
    [security("Access", "ACCESS,USERID,SECTOR", String.raw`USER,ABC\KUNAL,PHARMA`, String.raw`USER,ABC\KUNAL,`)],
    data("Sales", "SECTOR,AMOUNT", "PHARMA,10", "RETAIL,20", "PHARMA,30"),
  );
  assert.deepEqual(sees(loaded, person("ABC\\KUNAL")), { "Sales(SECTOR,AMOUNT)": ["PHARMA,10", "PHARMA,30"] });
});
