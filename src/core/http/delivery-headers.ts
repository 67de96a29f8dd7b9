import { toBase64 } from "../crypto/base64.ts";
import { fromHex } from "../crypto/hex.ts";
import { type MaybeFields, present } from "./fields.ts";
import { parseHttpDate } from "./http-date.ts";
import { contentRange } from "./multipart-ranges.ts";
import { servedType } from "./object-headers.ts";
import type { AnswerPlan } from "./plan-answer.ts";
import { type Display, safetyHeaders } from "./safety-headers.ts";

export type { ObjectHeaders } from "./object-headers.ts";

/** What of an answer is not in the request, nor in the copy. */
export type DeliveryTerms = {
  /**
   * Seconds that a browser may keep the answer: no longer than its link lives; or, in the words of Cache-Control, who may
   * keep what is under an address of its own.
   */
  readonly maxAge: number | string;
  /** Where the bytes came from: a cache at this place, or the store; `null`: no cache was asked, nor the store. */
  readonly from: "edge" | "store" | null;
  /** SHA-256 of the stored bytes, in hex; `null`: not known. */
  readonly sha256: string | null;
  readonly display: Display;
};

/**
 * The fields of an answer from the store, GET and HEAD alike (RFC 9110), but for those of CORS. There is no Age: a
 * link is a resource of ours with a life of its own, of which we are the origin; its answer is made now, and `max-age`
 * counts from now (RFC 9111 section 5.1). `no-transform`: what compresses on the way would make the ETag weak, drop
 * the length, and give a resumed download other bytes than it began with.
 */
export function deliveryHeaders(plan: AnswerPlan, terms: DeliveryTerms): Record<string, string> {
  const { status, representation } = plan;
  const { etag, contentType, contentDisposition } = representation.headers;
  const always = {
    ETag: etag,
    "Cache-Control": status === 412 || status === 416 ? keepNothing(terms) : keep(terms),
    "Cache-Status": terms.from && `snapbyte; hit; detail=${terms.from}`,
    Vary: representation.negotiated ? "Accept-Encoding" : null,
  };
  const safety = safetyHeaders(contentType, contentDisposition, terms.display);
  if (status === 304) return present({ ...always, ...refreshed(safety) });
  if (status === 412 || status === 416) return present({ ...always, ...safety, ...refused(plan) });
  return present({ ...always, ...safety, ...described(plan), ...length(plan), ...digest(plan, terms) });
}

function keep({ maxAge }: DeliveryTerms): string {
  return typeof maxAge === "string" ? maxAge : `private, max-age=${Math.max(0, maxAge)}, no-transform`;
}

/** What one client asked and was refused is nobody's answer a second time. */
function keepNothing({ maxAge }: DeliveryTerms): string {
  return typeof maxAge === "string" && maxAge.includes("no-store") ? maxAge : "private, no-store";
}

/**
 * News of a copy that the client keeps holds nothing that describes it (RFC 9110 section 15.4.5), but what guards it: a
 * browser that was once allowed to show a page takes today's rule from here (RFC 9111 section 3.2).
 */
function refreshed(safety: MaybeFields): MaybeFields {
  return safety["Content-Security-Policy"] === null ? { ...safety, "Content-Disposition": null } : safety;
}

/** An answer without content, and so without what would describe any, but for the validators that the client missed. */
function refused({ status, representation: { size, headers } }: AnswerPlan): MaybeFields {
  return {
    "Accept-Ranges": size === null ? "none" : "bytes",
    "Content-Disposition": null,
    "Content-Length": "0",
    "Content-Range": status === 416 ? `bytes */${size}` : null,
    "Content-Security-Policy": null,
    "Last-Modified": httpDate(headers.lastModified),
  };
}

/** Content-Type and the rest come from the origin, and are never guessed from the bytes. */
function described({ multipart, representation: { size, headers } }: AnswerPlan): MaybeFields {
  return {
    "Accept-Ranges": size === null ? "none" : "bytes",
    "Content-Encoding": headers.contentEncoding,
    "Content-Language": headers.contentLanguage,
    "Content-Type": multipart?.type ?? servedType(headers.contentType),
    "Last-Modified": httpDate(headers.lastModified),
  };
}

/** Of several parts each tells its own Content-Range, and the answer tells none (RFC 9110 section 15.3.7.2). */
function length({ range, multipart, representation: { size } }: AnswerPlan): MaybeFields {
  if (size === null) return {};
  return {
    "Content-Length": String(range?.length ?? multipart?.length ?? size),
    "Content-Range": range && contentRange(range, size),
  };
}

/** Of the whole representation, codings included, also where a part of it is sent, or none (RFC 9530 section 3). */
function digest({ representation }: AnswerPlan, { sha256 }: DeliveryTerms): MaybeFields {
  const bytes = sha256 === null || representation.undo !== null ? null : fromHex(sha256);
  return { "Repr-Digest": bytes?.length === 32 ? `sha-256=:${toBase64(bytes)}:` : null };
}

/** As HTTP wants a date to be written now, however the origin did (RFC 9110 section 5.6.7); a wrong one is none. */
function httpDate(text: string | null): string | null {
  const time = parseHttpDate(text);
  return time === null ? null : new Date(time).toUTCString();
}
