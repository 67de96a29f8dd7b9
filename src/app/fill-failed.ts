import type { Failure } from "../core/entry.ts";
import { WrongLength } from "./store-body.ts";

/** Why one attempt to fill ended without a copy. `final`: another attempt would end the same. */
export class FillFailed extends Error {
  readonly failure: Failure;
  readonly final: boolean;

  constructor(code: string, message: string, options: { final: boolean; cause?: unknown }) {
    super(message, { cause: options.cause });
    this.name = "FillFailed";
    this.failure = { code, message };
    this.final = options.final;
  }
}

/** Puts whatever ended an attempt into words that a tenant may read: internals and URLs stay out. */
export function asFillFailed(error: unknown): FillFailed {
  if (error instanceof FillFailed) return error;
  if (error instanceof WrongLength)
    return new FillFailed("WRONG_LENGTH", `Not stored: ${error.message}.`, { final: false });
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return new FillFailed("TIMEOUT", "The fill took too long.", { final: false, cause: error });
  }
  return new FillFailed("INTERRUPTED", "The fill broke off.", { final: false, cause: error });
}
