import { withRepository } from "../repository/rewired.ts";
import { isRecord } from "../fields.ts";
import type { Defect } from "../seams.ts";

export const exportPathMissing: Defect = {
  name: "export-path-missing",
  area: "rules",
  breaks: ["QR-055"],
  effect: "An export does not tell where to fetch it.",
  replace: (seams) =>
    withRepository(seams, {
      answer: (asked, answered) => {
        if (!asked.path.includes("/export/") || !isRecord(answered.body)) return answered;
        const { downloadPath: _path, ...body } = answered.body;
        return { ...answered, body };
      },
    }),
};
