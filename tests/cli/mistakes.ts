/** What people get wrong: files, and command lines with what the one line about them must tell. */
import { join } from "node:path";
import { folder, root } from "./command.ts";

const script = join(root, "tests", "reload", "worked-examples", "we-1.qvs");
export const trading: string = join(root, "examples", "trading");
const long = "x".repeat(200_000);
const stream = { id: "7ead1400-0000-4000-8000-000000000301", name: "Sales" };

export const bad: string = folder({
  "brackets.qvs": "Section Access;\nLOAD * INLINE [\nACCESS, USERID\nUSER, CORP\\ANN\n;\n",
  "no-field.qvs": "LET a = 1;\r\nLOAD FROM;\r\n",
  "outside.qvs": "Orders: LOAD * FROM [lib://Data/../secret.csv] (txt, utf8, embedded labels);",
  "unknown-lib.qvs": "Orders: LOAD * FROM [lib://Elsewhere/orders.csv] (txt, utf8, embedded labels);",
  "data/orders.csv": "A\n1\n",
  "secret.csv": "A\n1\n",
  "picture.qvs": Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00]),
  "nul.qvs": "LET a = 1;\nLET b\0 = 2;",
  "long.qvs": long,
  "quote.csv": 'user,group\n"CORP\\ann,Sales\nCORP\\ben\n',
  "no-directory.csv": "user,group\nCORP\\ann,Sales\nben,Sales\n",
  "no-user.csv": "user,group\nCORP\\ann,Sales\n,Finance\n",
  "three.csv": "user,group\nCORP\\ann,Sales,Finance\n",
  "mail.csv": "user,group,mail\nCORP\\ann,Sales,ann@trading.example\n",
  "semicolon.csv": "user;group\nCORP\\ann;Sales\n",
  "latin-1.csv": Buffer.from("user,group\nCORP\\j\u00FCrgen,Sales\n", "latin1"),
  "people.csv": "user\nCORP\\ann\n",
  "empty.csv": "",
  "head.csv": "user,group\n",
  "long.csv": long,
  "users.json": '[\n  {"userId": "ann", "userDirectory": "CORP"},\n  {"userId": "ben"}\n]',
  "comma.json": '{\n  "User": [\n    {"id": "1",}\n  ]\n}',
  "twice.json": JSON.stringify({ Stream: [stream, stream] }, undefined, 1),
  "no-id.json": '{\n "App": [\n  {"name": "Orders"}\n ]\n}',
  "no-array.json": '{\n "App": {"id": "1"}\n}',
  "list.json": "[]",
  "long.json": `{"App": "${long}"}`,
  "deep.json": "[".repeat(50_000),
  "two/a.json": JSON.stringify({ Stream: [stream] }),
  "two/b.json": JSON.stringify({ Stream: [stream] }),
  "file/apps": "not a folder",
  "file/site.json": "{}",
  "empty/.keep": "",
  "module.mjs": "export const nothing = 1;\n",
  "broken.mjs": "export const = 1;\n",
  "orders.qvs": "Orders: LOAD * INLINE [\nA\n1\n];",
  "cases/site.json": '{"id": "orders"}',
});

export function at(...path: readonly string[]): string {
  return join(bad, ...path);
}

export function reduceBy(...words: readonly string[]): readonly string[] {
  return ["reduce", "--user", "CORP\\ann", ...words];
}

export interface Mistake {
  readonly words: readonly string[];
  /** What the line must tell. */
  readonly tells: RegExp;
}

export const mistakes: { readonly [title: string]: Mistake } = {
  "an unknown command": { words: ["reduse"], tells: /no such command: "reduse"; expected one of run, / },
  "a name every object has": { words: ["constructor"], tells: /no such command: "constructor"/ },
  "an unknown flag": { words: ["list", "--everything"], tells: /unknown option '--everything'/ },
  "a stray word": { words: ["list", "requirements"], tells: /stray word "requirements"/ },
  "a second operand": { words: ["report", "a.json", "b.json"], tells: /stray word "b.json"/ },
  "a missing value at the end": { words: ["run", "--seed"], tells: /--seed has no value; expected N/ },
  "a flag for a value": { words: ["run", "--seed", "--cases", "3"], tells: /--seed has no value/ },
  "an empty value": { words: ["run", "--dialect", ""], tells: /--dialect is empty/ },
  "an empty user": { words: ["reduce", "--script", script, "--user", ""], tells: /--user is empty/ },
  "a value for a switch": { words: ["list", "--json=yes"], tells: /'--json' does not take an argument/ },
  "a flag twice": { words: ["run", "--seed", "1", "--seed", "2"], tells: /--seed stands twice/ },
  "a seed that is no number": { words: ["run", "--seed", "x"], tells: /--seed x; expected a whole number from 0/ },
  "a negative number": { words: ["run", "--cases", "-1"], tells: /--cases -1; expected a whole number from 0/ },
  "a number past all bounds": { words: ["run", "--cases", "1e99"], tells: /--cases 1e99/ },
  "an unknown suite": {
    words: ["run", "--suite", "rules,loading"],
    tells: /"loading"; expected one of section-access/,
  },
  "an unknown dialect": { words: ["run", "--dialect", "cm-1999"], tells: /unknown dialect "cm-1999"; expected one of/ },
  "an unknown target": { words: ["run", "--target", "sense"], tells: /no such target: "sense"; expected reference/ },
  "a folder as target": { words: ["run", "--target", bad], tells: /no such target/ },
  "a module without a target": { words: ["run", "--target", at("module.mjs")], tells: /module\.mjs: .*no target/ },
  "a module with an error": {
    words: ["run", "--target", at("broken.mjs")],
    tells: /broken\.mjs: the module does not load/,
  },
  "an unknown defect": { words: ["run", "--defect", "star"], tells: /no such defect: "star"; .*list --defects/ },
  "a defect for the reference": {
    words: ["run", "--target", "reference", "--defect", "star-means-everything"],
    tells: /--defect does not go with this target; expected --target mock/,
  },
  "a site without its configuration": { words: ["run", "--target", "qlik"], tells: /--config FILE; docs/ },
  "a configuration nobody reads": { words: ["run", "--config", script], tells: /--config goes with --target qlik/ },
  "a report over other files": { words: ["run", "--out", bad], tells: /holds files that are no report; name an empty/ },
  "a report below a file": {
    words: ["run", "--out", at("secret.csv", "out")],
    tells: /secret\.csv, a file; expected a folder/,
  },
  "no script": { words: ["reduce", "--user", "CORP\\ann"], tells: /--script is missing; expected FILE/ },
  "nobody to compute for": { words: ["reduce", "--script", script], tells: /no user is named; expected --user/ },
  "a group of nobody": {
    words: ["reduce", "--script", script, "--users", at("people.csv"), "--group", "Sales"],
    tells: /--group goes with --user/,
  },
  "a missing file": {
    words: reduceBy("--script", at("none.qvs")),
    tells: /none\.qvs: there is no such file; check the path/,
  },
  "a folder for a file": { words: reduceBy("--script", bad), tells: /: this is a folder; expected a file/ },
  "a device": { words: reduceBy("--script", "/dev/zero"), tells: /\/dev\/zero: this is a device; expected a file/ },
  "an open bracket in a script": {
    words: reduceBy("--script", at("brackets.qvs")),
    tells: /brackets\.qvs:2:15: "\[" is never/,
  },
  "a LOAD without a field": { words: reduceBy("--script", at("no-field.qvs")), tells: /no-field\.qvs:2:6: / },
  "a picture for a script": { words: reduceBy("--script", at("picture.qvs")), tells: /picture\.qvs:1:1: .*UTF-8/ },
  "a NUL in a script": { words: reduceBy("--script", at("nul.qvs")), tells: /nul\.qvs:2:6: .*NUL/ },
  "a line without end": { words: reduceBy("--script", at("long.qvs")), tells: /long\.qvs:1:1: unexpected "x{10,60}…"/ },
  "a way out of the data folder": {
    words: reduceBy("--script", at("outside.qvs"), "--data", `Data=${at("data")}`),
    tells: /outside\.qvs:1:\d+: .*lib:\/\/Data\/\.\.\/secret\.csv/,
  },
  "a connection nobody named": {
    words: reduceBy("--script", at("unknown-lib.qvs"), "--data", `Data=${at("data")}`),
    tells: /unknown-lib\.qvs:1:\d+: .*lib:\/\/Elsewhere\/orders\.csv/,
  },
  "a data folder without a name": { words: reduceBy("--script", script, "--data", bad), tells: /expected NAME=FOLDER/ },
  "a data folder that is not there": {
    words: reduceBy("--script", script, "--data", `Data=${at("none")}`),
    tells: /there is no such folder; expected NAME=FOLDER/,
  },
  "a user without a directory": {
    words: ["reduce", "--script", script, "--user", "ann"],
    tells: /"ann" is no user name; expected DIRECTORY\\user; quote it/,
  },
  "an open quote in a CSV": {
    words: ["reduce", "--script", script, "--users", at("quote.csv")],
    tells: /quote\.csv:\d: not CSV/,
  },
  "a user without a directory in a CSV": {
    words: ["reduce", "--script", script, "--users", at("no-directory.csv")],
    tells: /no-directory\.csv:3: "ben" is no user name/,
  },
  "a group without a user": {
    words: ["reduce", "--script", script, "--users", at("no-user.csv")],
    tells: /no-user\.csv:3: a line names no user/,
  },
  "two groups in one line": {
    words: ["reduce", "--script", script, "--users", at("three.csv")],
    tells: /three\.csv:2: a line holds more values than columns; .*a line for each user and group/,
  },
  "a column nobody reads": {
    words: ["reduce", "--script", script, "--users", at("mail.csv")],
    tells: /mail\.csv:1: .*"mail"/,
  },
  semicolons: {
    words: ["reduce", "--script", script, "--users", at("semicolon.csv")],
    tells: /semicolon\.csv:1: .*"user"/,
  },
  "another encoding": {
    words: ["reduce", "--script", script, "--users", at("latin-1.csv")],
    tells: /latin-1\.csv:2:7: .*UTF-8/,
  },
  "an empty user file": {
    words: ["reduce", "--script", script, "--users", at("empty.csv")],
    tells: /empty\.csv:1: .*"user"/,
  },
  "a user file of a head alone": {
    words: ["reduce", "--script", script, "--users", at("head.csv")],
    tells: /head\.csv:1: the file names no user/,
  },
  "a user file of one long line": {
    words: ["reduce", "--script", script, "--users", at("long.csv")],
    tells: /long\.csv:1: /,
  },
  "a QRS user without a directory": {
    words: ["reduce", "--script", script, "--users", at("users.json")],
    tells: /users\.json:3:3: user 1 lacks .*"userDirectory"/,
  },
  "no site": { words: ["decide"], tells: /--site is missing; expected FILE/ },
  "a site that is not there": { words: ["decide", "--site", at("none")], tells: /there is no such site; check/ },
  "a comma too many": { words: ["decide", "--site", at("comma.json")], tells: /comma\.json:3:16: not valid JSON/ },
  "an id twice": {
    words: ["decide", "--site", at("twice.json")],
    tells: /twice\.json:\d+:\d+: Stream has the id .* twice/,
  },
  "an id twice in two files": { words: ["decide", "--site", at("two")], tells: /b\.json: Stream has the id/ },
  "an entity without id": {
    words: ["decide", "--site", at("no-id.json")],
    tells: /no-id\.json:3:3: App\[0\] has no "id"/,
  },
  "an entity outside a list": {
    words: ["decide", "--site", at("no-array.json")],
    tells: /no-array\.json:2:9: "App" is no array/,
  },
  "a list for a site": { words: ["decide", "--site", at("list.json")], tells: /list\.json:1:1: the site is no object/ },
  "one long line for a list": {
    words: ["decide", "--site", at("long.json")],
    tells: /long\.json:1:9: "App" is no array/,
  },
  "brackets without end": { words: ["decide", "--site", at("deep.json")], tells: /deep\.json:1:\d+: / },
  "a folder without a site": {
    words: ["decide", "--site", at("empty")],
    tells: /empty: the folder holds no site file/,
  },
  "a file for the folder of scripts": { words: ["decide", "--site", at("file")], tells: /apps: "apps" is a file/ },
  "a resource the site has not": {
    words: ["decide", "--site", trading, "--resource", "App_none"],
    tells: /the site has no resource "App_none"/,
  },
  "an unknown action": {
    words: ["decide", "--site", trading, "--action", "burn"],
    tells: /--action "burn"; expected one of/,
  },
  "an unknown context": {
    words: ["decide", "--site", trading, "--context", "tv"],
    tells: /--context "tv"; expected one of hub/,
  },
  "an attribute without value": {
    words: ["decide", "--site", trading, "--env", "network"],
    tells: /expected NAME=VALUE/,
  },
  "a would-be resource without type": {
    words: ["decide", "--site", trading, "--would-be", "{}"],
    tells: /names no type/,
  },
  "a would-be resource that is no JSON": {
    words: ["decide", "--site", trading, "--would-be", "App={"],
    tells: /--would-be:1:2: not valid JSON/,
  },
  "nothing to generate": { words: ["generate", "--out", at("new")], tells: /what to generate is not named; expected/ },
  "an unknown kind": {
    words: ["generate", "apps", "--out", at("new")],
    tells: /kind "apps"; expected one of section-access/,
  },
  "nowhere to generate to": { words: ["generate", "rules"], tells: /--out is missing; expected DIR/ },
  "a folder that is filled": {
    words: ["generate", "rules", "--out", bad],
    tells: /is not empty; expected a new or empty/,
  },
  "a file for the folder": {
    words: ["generate", "rules", "--out", script],
    tells: /we-1\.qvs is a file; expected a folder/,
  },
  "a folder below a file": { words: ["generate", "rules", "--out", join(script, "new")], tells: /we-1\.qvs, a file/ },
  "a folder the system makes itself": {
    words: ["generate", "rules", "--count", "1", "--out", "/proc/worlds"],
    tells: /cannot write to \/proc\/worlds|may not be written to/,
  },
  "no case": { words: ["replay", "--target", "mock"], tells: /no case file is named; expected CASE\.json/ },
  "a case without a target": { words: ["replay", script], tells: /--target is missing/ },
  "a case that is none": {
    words: ["replay", at("cases", "site.json"), "--target", "mock"],
    tells: /site\.json:1:1: not a case/,
  },
  "no record": { words: ["report"], tells: /no run record is named; expected RUN\.json/ },
  "a record that is none": { words: ["report", at("cases", "site.json")], tells: /site\.json:1:1: not a run record/ },
  "a port that is none": {
    words: ["serve", "--port", "70000"],
    tells: /--port 70000; expected a whole number from 0 to 65535/,
  },
  "a server without a site": { words: ["serve", "--site", at("none")], tells: /there is no such site/ },
  "a server with an unknown defect": { words: ["serve", "--defect", "star"], tells: /no such defect/ },
};
