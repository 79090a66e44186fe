/** Progress on stderr: one changing line with counts and time left on a terminal, plain lines elsewhere. */
export class Progress {
  readonly #total: number;
  readonly #startedAt = performance.now();
  #done = 0;

  constructor(total: number) {
    this.#total = total;
  }

  step(title: string): void {
    this.#done += 1;
    const counted = `[${this.#done}/${this.#total}]`;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${counted} ${this.#timeLeft()} ${title.slice(0, 60)}`);
    else process.stderr.write(`${counted} ${title}\n`);
  }

  #timeLeft(): string {
    const seconds = Math.ceil(
      (((performance.now() - this.#startedAt) / this.#done) * (this.#total - this.#done)) / 1000,
    );
    return `about ${seconds} s left`;
  }

  clear(): void {
    if (process.stderr.isTTY) process.stderr.write("\r\u001b[2K");
  }
}
