/** Seams of the repository: its requests and answers as a client sends and gets them. */
import type { Json } from "../../contract/types.ts";

export interface Asked {
  readonly method: string;
  /** Without the prefix of the virtual proxy. */
  readonly path: string;
  /** As sent: with its question mark, or nothing. */
  readonly search: string;
  /** JSON where the text is JSON, else the text. */
  readonly body: Json;
}

export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: Json;
}

export interface RepositorySeams {
  /** A request as it is read (QR-005 … QR-066). */
  readonly read: (asked: Asked) => Asked;
  /** The answer as it is sent, to the request as it came. */
  readonly answer: (asked: Asked, answered: Answered) => Answered;
}

export const plainRepository: RepositorySeams = {
  read: (asked) => asked,
  answer: (_asked, answered) => answered,
};
