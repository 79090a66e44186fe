/** Whether a path fits one with `*` and `?`, folder by folder: a sign does not reach into folders below. */
export function pathFits(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern, path].map((each) => each.replaceAll("\\", "/").split("/"));
  if (wanted === undefined || given === undefined || wanted.length !== given.length) return false;
  return wanted.every((part, at) => globMatches(part, given[at] ?? ""));
}

/** Patterns with `*` (any characters) and `?` (one character), letter case counting. Linear in the text for each `*`. */
export function globMatches(pattern: string, text: string): boolean {
  let at = 0;
  let sign = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    if (pattern[sign] === "*") {
      star = sign;
      resume = at;
      sign += 1;
    } else if (sign < pattern.length && (pattern[sign] === "?" || pattern[sign] === text[at])) {
      sign += 1;
      at += 1;
    } else if (star === -1) {
      return false;
    } else {
      sign = star + 1;
      resume += 1;
      at = resume;
    }
  }
  while (pattern[sign] === "*") sign += 1;
  return sign === pattern.length;
}
