import type { Handler } from "../session.ts";

/** Whether the caller may create an app. */
export const allowCreateApp: Handler = {
  on: "Global",
  takes: [],
  run: ({ context, session: { who } }) => ({
    qReturn: context.repository.mayCreate(who, "App", { id: "", name: "" }, "hub"),
  }),
};
