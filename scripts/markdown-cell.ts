/** A text as one cell of a Markdown table: a bar would end it, and an angle bracket outside code would vanish. */
export function markdownCell(text: string): string {
  return text
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") ? part : part.replaceAll(/<(?=\w)/g, "&lt;")))
    .join("")
    .replaceAll("|", "\\|");
}
