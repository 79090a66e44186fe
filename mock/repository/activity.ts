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

function written(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return named[character] ?? (code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, "0")}`);
}

/**
 * One field of one line, whatever it holds: user names come from tokens, which anybody may fill as he likes (IM-054). What
 * ends a line or a field, and what makes a line look another way than it is, is written out.
 */
export function escaped(text: string): string {
  return text.replaceAll(/[\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, written);
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
