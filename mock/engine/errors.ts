/** Refusals of the engine as JSON-RPC errors (EN-014, EN-015 and the numbers of section C3). */

/** `parameter` is free text the engine adds. */
export class EngineError extends Error {
  readonly code: number;
  readonly parameter: string;

  constructor(code: number, message: string, parameter = "") {
    super(message);
    this.name = "EngineError";
    this.code = code;
    this.parameter = parameter;
  }
}

export const accessDenied = (parameter = ""): EngineError => new EngineError(5, "Access denied", parameter);
export const notFound = (parameter = ""): EngineError => new EngineError(2, "Resource not found", parameter);
export const appAlreadyOpen = (): EngineError => new EngineError(1002, "App already open");
export const appNotFound = (id: string): EngineError => new EngineError(1003, "App not found", id);
export const appInvalid = (): EngineError => new EngineError(1007, "App invalid");
/** More than 10,000 cells in one request (SA wire C3: 7009). */
export const pagesTooLarge = (): EngineError => new EngineError(7009, "Calc-pages-too-large");
export const parseError = (): EngineError => new EngineError(-32700, "Parse error");
export const invalidRequest = (why: string): EngineError => new EngineError(-32600, "Invalid Request", why);
export const methodNotFound = (method: string): EngineError => new EngineError(-32601, "Method not found", method);
export const invalidParams = (why: string): EngineError => new EngineError(-32602, "Invalid params", why);
export const internalError = (): EngineError => new EngineError(-128, "Internal error");
