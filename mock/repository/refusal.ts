/** An answer of the repository that is no entity: the status, and the plain text clients show (QR-007). */
export class Refusal extends Error {
  readonly status: 400 | 403 | 404 | 405 | 409;

  constructor(status: 400 | 403 | 404 | 405 | 409, text: string) {
    super(text);
    this.name = "Refusal";
    this.status = status;
  }
}

export const forbidden = (): Refusal => new Refusal(403, "Forbidden");
export const unknown = (): Refusal => new Refusal(404, "Not found");
