import type { Handler } from "../session.ts";

/** Messages of the last reload; 30 tells that the one who reloaded is refused by the new section access (SA-LIF-03). */
export const getProgress: Handler = {
  on: "Global",
  takes: ["qRequestId"],
  run: ({ session }) => ({
    qProgressData: { qStarted: true, qFinished: true, qPersistentProgressMessages: [...session.messages] },
  }),
};
