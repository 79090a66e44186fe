#!/usr/bin/env node
/** The command line: each command parses, calls and prints. */
import { answer } from "./dispatch.ts";

/** Whoever reads the answer may stop reading: `list --requirements | head -1`. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await answer(process.argv.slice(2));
