/** What a run made on a site that others use too: the only things it may change, and the people its rules may speak of. */
import { ConformanceError } from "../../contract/errors.ts";

/** Directories of services and of nobody: never a run's own. */
const reserved: ReadonlySet<string> = new Set(["INTERNAL", "NONE"]);

export class OwnThings {
  readonly #ids = new Set<string>();
  readonly #directories = new Set<string>();

  /** An id a site gave to something this run made. Throws `target` for a text that would name more than one thing. */
  add(id: string): void {
    if (!/^[\p{L}\p{N}][\p{L}\p{N}_-]*$/u.test(id)) {
      throw new ConformanceError("target", `the site gave the id ${JSON.stringify(id.slice(0, 60))} to what was made`, {
        expected: "letters, digits, - and _",
      });
    }
    this.#ids.add(id.toLowerCase());
  }

  has(id: string): boolean {
    return this.#ids.has(id.toLowerCase());
  }

  /** Takes a user directory for the run's own; the caller has seen that nobody of it was there before. */
  addDirectory(name: string): void {
    if (name !== "" && !reserved.has(name.toUpperCase())) this.#directories.add(name.toUpperCase());
  }

  hasDirectory(name: string): boolean {
    return this.#directories.has(name.toUpperCase());
  }

  get directories(): readonly string[] {
    return [...this.#directories];
  }
}
