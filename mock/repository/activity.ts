/** The audit log of the repository: one line a request that could change something, of fields no user can break out of. */

/** Columns of a line, separated by tabs. */
export const columns = [
  "Sequence",
  "Timestamp",
  "UserDirectory",
  "UserId",
  "Context",
  "Command",
  "Path",
  "Result",
] as const;

export interface Activity {
  readonly when: string;
  readonly directory: string;
  readonly id: string;
  readonly context: string;
  readonly command: string;
  readonly path: string;
  readonly result: number;
}

export interface ActivityLog {
  add(activity: Activity): void;
  readonly lines: readonly string[];
}

const named: { readonly [character: string]: string } = { "\\": "\\\\", "\t": "\\t", "\r": "\\r", "\n": "\\n" };

/** One field of one line, whatever it holds: user names come from tokens, which anybody may fill as he likes (IM-054). */
export function escaped(text: string): string {
  return text.replaceAll(
    /[\\\p{Cc}\p{Zl}\p{Zp}]/gu,
    (character) => named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const kept = 10_000;

export function createActivityLog(): ActivityLog {
  const lines: string[] = [];
  let sequence = 0;
  return {
    lines,
    add({ when, directory, id, context, command, path, result }) {
      sequence += 1;
      lines.push(
        [sequence, when, directory, id, context, command, path, result].map((part) => escaped(`${part}`)).join("\t"),
      );
      if (lines.length > kept) lines.shift();
    },
  };
}
