import { type Fault, fault } from "../core/fills/faults.ts";
import { ChecksumRefused, UploadGone } from "../ports/object-store.ts";
import { SourceRefused } from "./open-source.ts";
import { Stalled, TookTooLong } from "./read-body.ts";
import { WrongLength } from "./read-pieces.ts";

/** Why one attempt to fill ended without a copy. */
export class FillFailed extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, options: { cause?: unknown } = {}) {
    super(fault.message, options);
    this.name = "FillFailed";
    this.fault = fault;
  }
}

/** One of several lanes found what only the first can mend, by beginning anew: its own message would be worth nothing. */
export class LeftToFirst extends FillFailed {}

/** The attempt's time is over, and it has kept some more until then: the next one goes on from there. */
export class CameFurther extends FillFailed {}

/** The copy was told of, and then something broke: another attempt only has to clean up. */
export class BrokeAfterwards extends Error {
  constructor(cause: unknown) {
    super("the fill broke off after its copy was published", { cause });
    this.name = "BrokeAfterwards";
  }
}

/** A purge or another attempt came in between: what was fetched is not wanted any more. */
export class ClaimLost extends Error {
  constructor() {
    super("the claim was lost while the fill was under way");
    this.name = "ClaimLost";
  }
}

/** The store's answer; what it cannot do is a fault of the store's, and not of the origin's. */
export async function atStore<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ChecksumRefused || error instanceof UploadGone) throw error;
    throw new FillFailed(fault("STORE_FAILED"), { cause: error });
  }
}

/** Puts whatever ended an attempt into words that a tenant may read: internals and URLs stay out. */
export function asFillFailed(error: unknown): FillFailed {
  if (error instanceof FillFailed) return error;
  return new FillFailed(faultOf(error), { cause: error });
}

function faultOf(error: unknown): Fault {
  if (error instanceof WrongLength) return fault("WRONG_LENGTH", `Not stored: ${error.message}.`);
  if (error instanceof Stalled) return fault("STALLED");
  if (error instanceof TookTooLong) return fault("TIMEOUT");
  if (error instanceof SourceRefused) return fault(error.code, error.message);
  if (error instanceof UploadGone) return fault("STORE_FAILED");
  if (error instanceof ChecksumRefused) return fault("DIGEST_MISMATCH", error.message);
  return fault("INTERRUPTED");
}
