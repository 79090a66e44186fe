import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const greetingWithoutDirectory: Defect = {
  name: "greeting-without-directory",
  area: "impersonation",
  breaks: ["EN-005"],
  effect: "A socket greets the user without his directory.",
  replace: (seams) => ({
    ...seams,
    engine: {
      ...seams.engine,
      greeting: ({ params, ...rest }) => ({
        ...rest,
        params: isRecord(params) ? { ...params, userDirectory: "" } : null,
      }),
    },
  }),
};
