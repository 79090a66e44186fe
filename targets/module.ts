/** A target the user brings: a module that exports `target`, or only the answers it can give. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ConformanceError } from "../contract/errors.ts";
import type { Capability, Outcome, Probe, Site, Target } from "../contract/types.ts";
import { orUndetermined, TargetFault } from "./faults.ts";

type Answer = (probe: Probe, site: Site, signal: AbortSignal) => Promise<Outcome> | Outcome;

/** What a short module may export instead of a whole {@link Target}. */
export interface AnswerModule {
  readonly name?: string;
  readonly capabilities?: readonly Capability[];
  readonly dialect?: string;
  readonly open?: Answer;
  readonly decide?: Answer;
  readonly login?: Answer;
  readonly impersonate?: Answer;
  readonly converse?: Answer;
}

const kinds = ["open", "decide", "login", "impersonate", "converse"] as const;

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null;
}

function isTarget(value: unknown): value is Target {
  return (
    isRecord(value) &&
    typeof value["name"] === "string" &&
    Array.isArray(value["capabilities"]) &&
    typeof value["prepare"] === "function"
  );
}

function isAnswerModule(value: unknown): value is AnswerModule {
  return isRecord(value) && kinds.some((kind) => typeof value[kind] === "function");
}

/** A module of answers as a target; what it does not answer is undetermined, never a pass. */
export function targetOfAnswers(module: AnswerModule, name: string): Target {
  return {
    name: module.name ?? name,
    capabilities: module.capabilities ?? ["deploy", "reload", "groups", "audit", "surface:tables"],
    ...(module.dialect === undefined ? {} : { dialect: module.dialect }),
    prepare: (site) =>
      Promise.resolve({
        ask: (probe, signal) =>
          orUndetermined(async () => {
            const answer = module[probe.kind];
            if (answer === undefined) throw new TargetFault("not-found", `the module does not answer "${probe.kind}"`);
            return answer(probe, site, signal);
          }),
        dispose: () => Promise.resolve(),
      }),
  };
}

/** Turns what a module exports into a target. Throws `configuration` naming what it lacks. */
export function targetOfModule(exported: unknown, file: string): Target {
  const candidates = isRecord(exported) ? [exported["target"], exported["default"], exported] : [];
  const target = candidates.find(isTarget);
  if (target !== undefined) return target;
  const answers = candidates.find(isAnswerModule);
  if (answers !== undefined) return targetOfAnswers(answers, file);
  throw new ConformanceError("configuration", "the module exports no target", {
    file,
    expected: `an export "target" with name, capabilities and prepare, or functions ${kinds.join(", ")}`,
    remedy: "see docs/guides/own-target.md",
  });
}

/** Loads a `.js` or, through `load`, a `.ts` module. Throws `configuration` when it is missing or does not load. */
export async function loadTargetModule(path: string, load: (url: string) => Promise<unknown>): Promise<Target> {
  const file = resolve(path);
  if (!existsSync(file)) {
    throw new ConformanceError("configuration", "there is no such module", {
      file: path,
      expected: "reference, mock, evaluator, qlik or the path of a module",
    });
  }
  let exported: unknown;
  try {
    exported = await load(pathToFileURL(file).href);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split("\n").slice(0, 2).join(" ") : String(cause);
    throw new ConformanceError("configuration", `the module does not load: ${why}`, {
      file: path,
      remedy: "correct the module, or name another target",
      cause,
    });
  }
  return targetOfModule(exported, path);
}
