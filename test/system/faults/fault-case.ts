import type { FaultCode } from "../../../src/core/fills/faults.ts";
import type { Body } from "./origin/bodies.ts";
import type { Misbehaviour, RawOrigin } from "./origin/raw-origin.ts";

/** One row of the matrix. */
export type FaultCase = {
  /** How the origin misbehaves; the entry's key too. */
  readonly name: string;
  readonly origin: Misbehaviour;
  readonly ends: Ready | Failed;
  /** GETs, probes aside, that the origin may be sent at the most; what the table of faults allows by default. */
  readonly asked?: number;
  /** Bytes that the origin may send at the most; not looked at by default. */
  readonly sent?: number;
  /** Path and query, made when the URL is asked for; `/object` by default. */
  readonly path?: () => string;
  /** What else must hold of the origin in the end. */
  readonly also?: (origin: RawOrigin) => void;
};

/** There is a copy, with these bytes and, beside other fields, these in its delivery (`null`: not there). */
export type Ready = { readonly ready: Body; readonly delivered?: Readonly<Record<string, string | null>> };

/** There is none, and the entry says why. */
export type Failed = { readonly failed: FaultCode; readonly message?: RegExp };
