/** Names that are nearly a user's: what people mistype in an access table. */

/** How many letters have to be changed, put in or taken out; `most` + 1 stands for more than that. */
export function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      now.push(Math.min((before[column] ?? 0) + 1, (now[column - 1] ?? 0) + 1, (before[column - 1] ?? 0) + same));
    }
    before = now;
  }
  return Math.min(before[other.length] ?? 0, most + 1);
}

/** White space no load takes off, and the slash some write for the backslash. */
function plain(name: string): string {
  return name.replaceAll(/[\s\u00a0\u200b\ufeff]/g, "").replaceAll("/", "\\");
}

function idOf(name: string): string {
  return name.slice(name.lastIndexOf("\\") + 1);
}

/** Both in upper case: the same but for white space, slash or a letter, or the same id with another directory or none. */
export function nearlyNames(written: string, name: string): boolean {
  const [one, other] = [plain(written), plain(name)];
  if (one === "" || other === "") return false;
  if (one === other || idOf(one) === idOf(other)) return true;
  // In a short name one letter makes another person.
  return Math.min(one.length, other.length) >= 5 && distance(one, other, 1) <= 1;
}
