import type { Failure } from "../entry.ts";
import { MAX_OBJECT_BYTES } from "./part-size.ts";

/** The head of an origin's answer to a whole GET; header names in lower case. */
export type OriginHead = { readonly status: number; header(name: string): string | null };

/** Why an answer is not filled; `final`: asking again would not help. */
export type Refusal = Failure & { readonly final: boolean };

/**
 * The length in bytes of a body that may be stored, or why it may not. Only a 200 with a length: anything else could be
 * part of an object, or one that ended where the connection did.
 */
export function fillableLength(head: OriginHead): number | Refusal {
  if (head.status !== 200) return refuseStatus(head.status);
  const vary = (head.header("vary") ?? "").toLowerCase().split(",");
  const odd = vary.map((name) => name.trim()).find((name) => !["", "accept-encoding", "origin"].includes(name));
  if (odd) return { code: "VARIES", message: "The origin's answer depends on request headers.", final: true };
  const length = head.header("content-length");
  if (!/^\d+$/.test(length ?? "")) {
    return { code: "LENGTH_UNKNOWN", message: "The origin did not say how long the object is.", final: true };
  }
  if (Number(length) > MAX_OBJECT_BYTES) {
    return { code: "TOO_LARGE", message: "The object is larger than one fill can store.", final: true };
  }
  return Number(length);
}

function refuseStatus(status: number): Refusal {
  if (status === 401 || status === 403) {
    return { code: "ORIGIN_REFUSED", message: `The origin refused the URL with ${status}.`, final: true };
  }
  if (status === 404 || status === 410) {
    return { code: "ORIGIN_NOT_FOUND", message: `The origin has no such object (${status}).`, final: true };
  }
  const final = status !== 408 && status !== 425 && status !== 429 && status < 500;
  return { code: "ORIGIN_STATUS", message: `The origin answered ${status}.`, final };
}
