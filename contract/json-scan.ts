/** Walks a JSON text (RFC 8259) for positions, which JSON.parse does not give. Iterative: depth costs no stack. */

export interface JsonFault {
  /** UTF-16 offset of the first character that does not fit. */
  readonly offset: number;
  readonly expected: string;
}

/** Called with the path and offset of every value, in text order. */
export type JsonVisitor = (path: readonly (string | number)[], offset: number) => void;

/** Deeper nesting than this is a fault: nothing in a case or site needs it. */
export const depthLimit = 200;

interface Frame {
  readonly kind: "object" | "array";
  /** Key or index of the member being read. */
  at: string | number;
  members: number;
}

const blank = /[ \t\r\n]*/y;
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex -- RFC 8259 forbids exactly these characters in strings
const quoted = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** The first fault of a text, or undefined when it is JSON. */
export function scanJson(text: string, visit: JsonVisitor): JsonFault | undefined {
  return new Scan(text, visit).run();
}

class Scan {
  private offset = 0;
  private readonly frames: Frame[] = [];
  private readonly text: string;
  private readonly visit: JsonVisitor;

  constructor(text: string, visit: JsonVisitor) {
    this.text = text;
    this.visit = visit;
  }

  run(): JsonFault | undefined {
    let fault = this.value();
    while (fault === undefined && this.frames.length > 0) fault = this.member();
    if (fault !== undefined) return fault;
    this.skipBlanks();
    return this.offset === this.text.length ? undefined : this.fault("the end of the text");
  }

  /** Reads a scalar whole, or opens an object or array. */
  private value(): JsonFault | undefined {
    this.skipBlanks();
    this.visit(
      this.frames.map((frame) => frame.at),
      this.offset,
    );
    const first = this.text[this.offset];
    if (first === "{" || first === "[") {
      if (this.frames.length > depthLimit) return this.fault(`at most ${depthLimit} levels`);
      this.offset++;
      this.frames.push({ kind: first === "{" ? "object" : "array", at: first === "{" ? "" : -1, members: 0 });
      return undefined;
    }
    return this.take(scalar) === undefined && this.take(quoted) === undefined ? this.fault("a value") : undefined;
  }

  /** Reads the next member of the innermost object or array, or closes it. */
  private member(): JsonFault | undefined {
    const frame = this.frames.at(-1);
    if (frame === undefined) return undefined;
    this.skipBlanks();
    const closing = frame.kind === "object" ? "}" : "]";
    if (this.text[this.offset] === closing) {
      this.offset++;
      this.frames.pop();
      return undefined;
    }
    if (frame.members++ > 0) {
      if (this.text[this.offset] !== ",") return this.fault(`"," or "${closing}"`);
      this.offset++;
    }
    return frame.kind === "object" ? this.keyed(frame) : this.indexed(frame);
  }

  private indexed(frame: Frame): JsonFault | undefined {
    frame.at = frame.members - 1;
    return this.value();
  }

  private keyed(frame: Frame): JsonFault | undefined {
    this.skipBlanks();
    const key = this.take(quoted);
    if (key === undefined) return this.fault("a key in double quotes");
    frame.at = String(JSON.parse(key));
    this.skipBlanks();
    if (this.text[this.offset] !== ":") return this.fault('":"');
    this.offset++;
    return this.value();
  }

  private skipBlanks(): void {
    this.take(blank);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.text)?.[0];
    this.offset += found?.length ?? 0;
    return found;
  }

  private fault(expected: string): JsonFault {
    return { offset: this.offset, expected };
  }
}
