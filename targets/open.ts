/** Targets by name. Each is loaded when asked for. */
import { ConformanceError } from "../contract/errors.ts";
import type { Target } from "../contract/types.ts";
import type { Defect } from "../mock/seams.ts";

export const targetNames = ["reference", "evaluator", "mock", "qlik"] as const;

export interface TargetChoice {
  /** One of {@link targetNames}, or the path of a module. */
  readonly target: string;
  readonly dialect: string;
  /** Name of the defect the mock or the evaluator starts with. */
  readonly defect?: string;
  /** Configuration file of a real site. */
  readonly config?: string;
  readonly allowWrites: boolean;
}

async function defectOf(choice: TargetChoice): Promise<Defect | undefined> {
  if (choice.defect === undefined) return undefined;
  const { defectNamed } = await import("./defects.ts");
  return defectNamed(choice.defect);
}

function refuseDefect(choice: TargetChoice): void {
  if (choice.defect === undefined) return;
  throw new ConformanceError("usage", `the target "${choice.target}" takes no defect`, { expected: "--target mock" });
}

/** Opens a target. `load` imports a user's module (with a loader for TypeScript). Throws `usage` or `configuration`. */
export async function openTarget(choice: TargetChoice, load: (url: string) => Promise<unknown>): Promise<Target> {
  switch (choice.target) {
    case "mock": {
      const { mockTarget } = await import("./mock.ts");
      return mockTarget(choice.dialect, await defectOf(choice));
    }
    case "evaluator": {
      const { evaluatorTarget } = await import("./evaluator.ts");
      return evaluatorTarget(choice.dialect, await defectOf(choice));
    }
    case "reference": {
      refuseDefect(choice);
      const { referenceTarget } = await import("./reference.ts");
      return referenceTarget(choice.dialect);
    }
    case "qlik": {
      refuseDefect(choice);
      if (choice.config === undefined) {
        throw new ConformanceError("usage", "the target qlik needs a configuration", {
          expected: "--config FILE",
          remedy: "docs/guides/real-site.md shows one",
        });
      }
      const [{ qlikTarget }, { readQlikConfig }] = await Promise.all([
        import("./qlik/target.ts"),
        import("./qlik/config.ts"),
      ]);
      return qlikTarget(readQlikConfig(choice.config, { allowWrites: choice.allowWrites }));
    }
    default: {
      refuseDefect(choice);
      const { loadTargetModule } = await import("./module.ts");
      return loadTargetModule(choice.target, load);
    }
  }
}
