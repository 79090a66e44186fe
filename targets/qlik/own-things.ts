/** What a run made on a site that others use too: the only things it may change, and the people its rules may speak of. */
import { ConformanceError } from "../../contract/errors.ts";

/** Directories of services and of nobody: never a run's own. */
const reserved: ReadonlySet<string> = new Set(["INTERNAL", "NONE"]);

/** A name that means itself wherever it is written: no star, no quote, nothing that is read in two ways. */
const plainName = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]*[\p{L}\p{N}])?$/u;

export class OwnThings {
  readonly #ids = new Set<string>();
  readonly #there = new Set<string>();
  readonly #looked = new Map<string, Promise<void>>();
  readonly #directories = new Set<string>();

  /** Notes once for a path what is there before the run makes something, so that a site cannot pass it off as made. */
  async look(path: string, list: () => Promise<readonly { readonly id: string }[]>): Promise<void> {
    const looked = this.#looked.get(path) ?? list().then((there) => this.#note(there));
    this.#looked.set(path, looked);
    // What failed once is tried again by the next.
    looked.catch(() => this.#looked.delete(path));
    await looked;
  }

  #note(there: readonly { readonly id: string }[]): void {
    for (const { id } of there) if (!this.has(id)) this.#there.add(id.toLowerCase());
  }

  /** An id a site gave to something this run made. Throws `target` for a text that would name more, or something else. */
  add(id: string): void {
    if (this.#there.has(id.toLowerCase())) {
      throw new ConformanceError(
        "target",
        `the site gave what was made the id ${id} of something that was there before`,
      );
    }
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
    if (plainName.test(name) && !reserved.has(name.toUpperCase())) this.#directories.add(name.toUpperCase());
  }

  hasDirectory(name: string): boolean {
    return this.#directories.has(name.toUpperCase());
  }

  get directories(): readonly string[] {
    return [...this.#directories];
  }
}
