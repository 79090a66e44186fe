/** Failures of laws of rules made small: the scene the case was made of shrinks, and the law is put anew. */
import type { Ask, Case, Site } from "../contract/types.ts";
import type { RuleScene } from "../generators/rule-laws/posing.ts";
import { smallerCases, type TextSteps } from "../harness/shrink-steps.ts";
import { chunks } from "../harness/shrink.ts";
import { ruleLawCase, ruleLawOf } from "./rule-laws.ts";
import type { LawShrinking } from "./shrink-laws.ts";

interface Candidate {
  readonly scene: RuleScene;
  readonly case: Case;
}

function sceneAsCase({ site, question }: RuleScene): Case {
  const ask: Ask = {
    id: "question",
    probe: { kind: "decide", ...question },
    expected: { kind: "relation", to: ["question"], holds: "equal", because: [] },
    proves: [],
  };
  const none: Site = { ...site, apps: {} };
  return {
    id: "scene",
    title: "",
    dialect: "",
    needs: [],
    sites: { main: none },
    asks: [ask],
    origin: { kind: "site" },
  };
}

/** Scenes one step smaller: a user, a group, a rule, an atom, a filter item, a resource or a property less. */
export function* smallerScenes(scene: RuleScene, steps: TextSteps): Generator<RuleScene> {
  for (const { sites, asks } of smallerCases(sceneAsCase(scene), steps)) {
    const { probe } = asks[0];
    if (probe.kind !== "decide") continue;
    const { as, resource, action, context } = probe;
    yield { site: sites.main, question: { as, resource, action, context } };
  }
}

/** Greedy, as for other cases; undefined for a case no generated law of rules made, or that does not shrink. */
export async function shrunkRuleLaw(
  of: Case,
  steps: TextSteps,
  { stillFails, budget, atOnce }: LawShrinking,
): Promise<Case | undefined> {
  const begun = ruleLawOf(of);
  if (begun === undefined) return undefined;
  const place = { id: `${of.id}/shrunk`, dialect: of.dialect, origin: { kind: "shrunk", from: of.id } } as const;
  let left = budget;
  const next = async (from: RuleScene): Promise<Candidate | undefined> => {
    for (const some of chunks(smallerScenes(from, steps), 0, atOnce)) {
      const posed = some.flatMap((scene) => {
        const made = ruleLawCase(begun.law, scene, place);
        return made === undefined ? [] : [{ scene, case: made }];
      });
      if (left < posed.length) return undefined;
      left -= posed.length;
      const fails = await Promise.all(posed.map((one) => stillFails(one.case)));
      const first = posed[fails.indexOf(true)];
      if (first !== undefined) return first;
    }
    return undefined;
  };
  let smallest: Candidate | undefined;
  for (let found = await next(begun.scene); found !== undefined; found = await next(found.scene)) smallest = found;
  return smallest?.case;
}
