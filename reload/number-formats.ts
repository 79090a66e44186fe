/** Numbers by format codes: `0` a digit, `#` a possible one, with the separators in their places. */

export interface Separators {
  readonly decimal: string;
  readonly thousand: string;
}

interface Section {
  readonly prefix: string;
  readonly suffix: string;
  readonly body: string;
}

/** What stands before, in and after the digits of one section. */
export function sectionOf(section: string): Section | undefined {
  const first = section.search(/[#0]/);
  if (first === -1) return undefined;
  const last = Math.max(section.lastIndexOf("#"), section.lastIndexOf("0"));
  return {
    prefix: section.slice(0, first),
    body: section.slice(first, last + 1),
    suffix: section.slice(last + 1),
  };
}

function countOf(text: string, sign: string): number {
  return text.split(sign).length - 1;
}

function grouped(digits: string, size: number, separator: string): string {
  let text = digits.slice(-size);
  for (let end = digits.length - size; end > 0; end -= size) {
    text = `${digits.slice(Math.max(0, end - size), end)}${separator}${text}`;
  }
  return text;
}

/** Separators stand between the number's own digits; zeros are put before them (`0,00` shows 3 as `003`). */
function printWhole(digits: string, pattern: string, { thousand }: Separators): string {
  if (digits === "0" && !pattern.includes("0")) return "";
  const zeros = "0".repeat(Math.max(0, countOf(pattern, "0") - digits.length));
  const groupAt = thousand === "" ? -1 : pattern.lastIndexOf(thousand);
  const size = groupAt === -1 ? 0 : countOf(pattern.slice(groupAt), "0") + countOf(pattern.slice(groupAt), "#");
  return zeros + (size === 0 ? digits : grouped(digits, size, thousand));
}

function printBody(number: number, body: string, separators: Separators): string {
  const { decimal } = separators;
  const point = decimal === "" ? -1 : body.lastIndexOf(decimal);
  const wholePattern = point === -1 ? body : body.slice(0, point);
  const partPattern = point === -1 ? "" : body.slice(point + decimal.length);
  const most = Math.min(20, countOf(partPattern, "0") + countOf(partPattern, "#"));
  const [whole = "0", part = ""] = number.toFixed(most).split(".");
  const least = countOf(partPattern, "0");
  let end = part.length;
  while (end > least && part[end - 1] === "0") end -= 1;
  const shown = part.slice(0, end);
  return `${printWhole(whole, wholePattern, separators)}${shown === "" ? "" : `${decimal}${shown}`}`;
}

/** Above this `toFixed` writes exponents. */
const largest = 1e21;

/** The number by the format: sections for positive, negative and zero between semicolons; `%` shows hundredths. */
export function printNumber(number: number, format: string, separators: Separators): string {
  const [positive = "", negative, zero] = format.split(";");
  const own = number < 0 ? negative : positive;
  const chosen = (number === 0 ? zero : own) ?? positive;
  const section = sectionOf(chosen);
  if (section === undefined) return chosen;
  const size = Math.abs(number) * (section.suffix.includes("%") ? 100 : 1);
  if (size >= largest) return String(number);
  const sign = number < 0 && negative === undefined ? "-" : "";
  return `${sign}${section.prefix}${printBody(size, section.body, separators)}${section.suffix}`;
}
