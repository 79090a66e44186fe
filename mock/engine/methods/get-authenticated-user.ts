import type { Handler } from "../session.ts";

/** Who the engine takes the caller for. */
export const getAuthenticatedUser: Handler = {
  on: "Global",
  takes: [],
  run: ({ session: { who } }) => ({ qReturn: `UserDirectory=${who.directory}; UserId=${who.id}` }),
};
