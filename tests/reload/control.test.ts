import assert from "node:assert/strict";
import { test } from "node:test";

import { reload } from "../../reload/index.ts";
import { filesFrom } from "../../reload/files.ts";
import type { Value } from "../../contract/types.ts";
import { errorOf, tables } from "./loaded.ts";

/** Text of variables at the end of a script. */
function variables(script: string, ...names: readonly string[]): readonly Value[] {
  const fields = names.map((name) => `'<$(${name})>' AS ${name}`).join(", ");
  return tables(`${script}\nEnd: LOAD ${fields} AUTOGENERATE 1;`)["End"]?.[1] ?? [];
}

test("LS-CTL-03 copies arguments in and those that are variables out, as the page's own example says", () => {
  const script = "Sub INCR (I,J)\nI = I + 1\nExit Sub when I < 10\nJ = J + 1\nEnd Sub\n";
  assert.deepEqual(variables(`${script}X=1\nY=1\nCall INCR (X,Y)`, "X", "Y", "I"), ["<2>", "<1>", "<>"]);
  assert.deepEqual(variables(`${script}X=9\nY=1\nCall INCR (X,Y)`, "X", "Y", "I"), ["<10>", "<2>", "<>"]);
});

test("LS-CTL-03 leaves outer variables of a parameter's name alone, and gives parameters without argument NULL", () => {
  const script = "SUB Mark(n, extra)\nT: LOAD IsNull(extra) AS NONE AUTOGENERATE 1;\nLET extra = 5;\nEND SUB\n";
  assert.deepEqual(tables(`${script}SET extra = 'outer';\nCALL Mark(1)\nU: LOAD '$(extra)' AS E AUTOGENERATE 1;`), {
    T: [["NONE"], [-1]],
    U: [["E"], ["outer"]],
  });
});

test("LS-CTL-03 needs the subroutine before its call, and no more arguments than it has parameters", () => {
  assert.match(errorOf("CALL Later\nSUB Later\nEND SUB").message, /no subroutine "Later"/);
  assert.match(errorOf("SUB One(a)\nEND SUB\nCALL One(1, 2)").message, /takes 1 arguments, not 2/);
});

test("LS-CTL-03 tells the place in the file a subroutine came from", () => {
  const { details } = errorOf("$(Include=lib.qvs);\nCALL Clean", {
    "lib.qvs": "\nSUB Clean\nDROP TABLE Temp;\nEND SUB",
  });
  assert.deepEqual([details.file, details.line], ["lib.qvs", 3]);
});

function counted(head: string): readonly Value[] {
  return variables(`SET seen = '';\nFOR i = ${head}\nLET seen = seen & i;\nNEXT i`, "seen", "i");
}

test("LS-CTL-02 counts up and down, and not at all past its end", () => {
  assert.deepEqual(counted("1 TO 3"), ["<123>", "<4>"]);
  assert.deepEqual(counted("3 TO 1 STEP -1"), ["<321>", "<0>"]);
  assert.deepEqual(counted("2 TO 1"), ["<>", "<2>"]);
  assert.match(errorOf("FOR i = 1 TO 2 STEP 0\nNEXT").message, /STEP is 0/);
});

test("LS-CTL-02 reads the bounds of FOR and the condition of DO once, with what $( ) gives then", () => {
  assert.deepEqual(variables("SET n = 2;\nFOR i = 1 TO $(n)\nSET n = 9;\nNEXT", "i"), ["<3>"]);
  assert.deepEqual(variables("SET n = 2;\nSET i = 0;\nDO WHILE i < $(n)\nSET n = 9;\nLET i = i + 1;\nLOOP", "i"), [
    "<2>",
  ]);
});

function looped(before: string, after: string): readonly Value[] {
  return variables(`LET i = 5;\nDO ${before}\nLET i = i + 1;\nLOOP ${after}`, "i");
}

test("LS-CTL-02 runs DO until its test at either end says so", () => {
  assert.deepEqual(looped("WHILE i < 5", ""), ["<5>"]);
  assert.deepEqual(looped("", "WHILE i < 5"), ["<6>"]);
  assert.deepEqual(looped("UNTIL i = 8", ""), ["<8>"]);
  assert.deepEqual(looped("", "UNTIL i > 8"), ["<9>"]);
});

test("LS-CTL-02 leaves the innermost loop of the kind EXIT names, and the script from within all", () => {
  const inner = "DO\nEXIT FOR WHEN i = 2\nEXIT DO\nLOOP\n";
  assert.deepEqual(variables(`FOR i = 1 TO 5\n${inner}NEXT`, "i"), ["<2>"]);
  assert.deepEqual(
    tables("SUB Stop\nFOR i = 1 TO 2\nEXIT SCRIPT\nNEXT\nEND SUB\nCALL Stop\nLOAD * FROM none.csv;"),
    {},
  );
  assert.match(errorOf("SET a = 1;\nEXIT DO").message, /EXIT DO stands in no DO/);
});

function switched(value: string): readonly Value[] {
  const cases = "CASE 1, '2'\nSET c = low;\nCASE 2\nSET c = never;\nDEFAULT\nSET c = other;";
  return variables(`SWITCH ${value}\n${cases}\nEND SWITCH`, "c");
}

test("LS-CTL-02 takes the first CASE with an equal value, numbers as numbers", () => {
  assert.deepEqual(switched("2"), ["<low>"]);
  assert.deepEqual(switched("'02'"), ["<low>"]);
  assert.deepEqual(switched("Null()"), ["<other>"]);
});

function collecting(list: string): string {
  const made = "F: LOAD * INLINE [\nR\nNORTH\nSOUTH\nNORTH\n];\nSET all = '';\n";
  const loop = `FOR EACH x IN ${list}\nLET all = all & '|' & x;\nNEXT x\n`;
  return `${made}${loop}T: LOAD '$(all)' AS X AUTOGENERATE 1;`;
}

test("LS-CTL-02 goes through files, folders and field values", () => {
  const files = filesFrom(
    new Map([
      ["lib://Data/b.csv", "A\n1\n"],
      ["lib://Data/a.csv", "A\n2\n"],
      ["lib://Data/old/c.csv", "A\n3\n"],
    ]),
  );
  const all = (list: string): Value =>
    reload(collecting(list), { files }).app.find(({ name }) => name === "T")?.rows[0]?.[0] ?? null;
  assert.equal(all("FileList('lib://Data/?.csv')"), "|lib://Data/a.csv|lib://Data/b.csv");
  assert.equal(all("DirList('lib://Data/*')"), "|lib://Data/old");
  assert.equal(all("FieldValueList('R'), 'x', 1 + 1"), "|NORTH|SOUTH|x|2");
  assert.match(errorOf(collecting("FieldValueList('r')")).message, /no field "r"/);
});

function survives(guards: string): boolean {
  return "T" in tables(`SET a = 1;\nT: LOAD 1 AS A AUTOGENERATE 1;\n${guards} DROP TABLE T;`);
}

test("LS-CTL-05 runs a statement when every guard before it allows", () => {
  assert.deepEqual(["WHEN a = 1", "UNLESS a = 1", "WHEN a = 1 UNLESS a = 2", "WHEN a = 2"].map(survives), [
    false,
    true,
    false,
    true,
  ]);
  assert.deepEqual(tables("T: WHEN 1 = 1 LOAD 1 AS A AUTOGENERATE 1;"), { T: [["A"], [1]] });
});

test("a statement that cannot be read is an error only where it is reached", () => {
  assert.deepEqual(
    tables("IF 1 = 2 THEN\nLOAD OF NOTHING;\nEND IF\nT: LOAD 1 AS A AUTOGENERATE 1;\nEXIT SCRIPT;\nit's over"),
    {
      T: [["A"], [1]],
    },
  );
  assert.equal(errorOf("IF 1 = 1 THEN\nLOAD OF NOTHING;\nEND IF").details.line, 2);
});

for (const [what, script] of [
  ["a loop without end", "DO\nLET a = 1;\nLOOP"],
  ["a loop without end or statements", "DO\nLOOP"],
  ["a counter set back", "FOR i = 1 TO 2\nLET i = 1;\nNEXT"],
  ["a subroutine that calls itself", "SUB A\nCALL A\nEND SUB\nCALL A"],
  ["a loop without end that passes over its errors", "SET ErrorMode=0;\nDO\nDROP TABLE none;\nLOOP"],
  ["a load repeated without rows", "B: LOAD 1 AS A AUTOGENERATE 200000;\nDO\nT: LOAD A RESIDENT B WHERE A = 2;\nLOOP"],
] as const) {
  test(`ends ${what} with an error`, () => {
    assert.match(errorOf(script).message, /more than \d+/);
  });
}

test("tells the texts of TRACE in order", () => {
  const traced: string[] = [];
  reload("SET a = 1;\nFOR i = 1 TO 2\nTRACE round $(i);\nNEXT\nTRACE done;", { trace: (text) => traced.push(text) });
  assert.deepEqual(traced, ["round 1", "round 2", "done"]);
});

test("LS-INL-03 takes tabs off the names of inline data, and keeps them in their values", () => {
  assert.deepEqual(tables("T: LOAD ACCESS, USERID INLINE [\n\tACCESS,\tUSERID\t\n\tUSER, ann\n];"), {
    T: [
      ["ACCESS", "USERID"],
      ["\tUSER", "ann"],
    ],
  });
});
