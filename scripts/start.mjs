// `npm start [-- options]`: set up, then run the suites; without options against the embedded mock.
import { runTypeScript, setUp } from "./setup.mjs";

setUp();
const given = process.argv.slice(2);
const target = given.some((argument) => argument === "--target" || argument.startsWith("--target="))
  ? []
  : ["--target", "mock"];
runTypeScript("cli/main.ts", given.includes("--help") ? ["run", "--help"] : ["run", ...target, ...given]);
