import { isActiveContent } from "./active-content.ts";
import type { ByteRange } from "./byte-range.ts";

/** What is kept beside the bytes of a copy; most of it is served with them. Names as in HTTP; absent is `null`. */
export type ObjectHeaders = {
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  readonly contentLanguage: string | null;
  readonly contentDisposition: string | null;
  /** As the origin sent it. Kept for whoever reads the store, and never served: our links say how long they may be kept. */
  readonly cacheControl: string | null;
  /** Strong and quoted. */
  readonly etag: string;
  /** As the origin sent it: an HTTP date. */
  readonly lastModified: string | null;
};

/** The head of an answer that serves a stored object. `range`: what of it is sent; `null`: all of it. */
export type ServedHead = {
  readonly status: 200 | 206 | 304 | 412 | 416;
  /** Bytes of the whole object. */
  readonly size: number;
  readonly object: ObjectHeaders;
  readonly range: ByteRange | null;
  /** Seconds that a browser may keep the answer: no longer than its link lives. */
  readonly maxAge: number;
};

/**
 * The fields of an answer from the store, GET and HEAD alike (RFC 9110). `no-transform`: what compresses on the way would
 * make the ETag weak, drop the length, and give a resumed download other bytes than it began with.
 */
export function deliveryHeaders({ status, size, object, range, maxAge }: ServedHead): Record<string, string> {
  const always = {
    ETag: object.etag,
    "Cache-Control": `private, max-age=${Math.max(0, maxAge)}, no-transform`,
    "Cache-Status": "snapbyte; hit",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  };
  if (status === 304 || status === 412) return present({ ...always, "Last-Modified": object.lastModified });
  if (status === 416) return { ...always, "Content-Range": `bytes */${size}`, "Accept-Ranges": "bytes" };
  const active = isActiveContent(object.contentType);
  return present({
    ...always,
    "Accept-Ranges": "bytes",
    "Last-Modified": object.lastModified,
    "Content-Type": object.contentType ?? "application/octet-stream",
    "Content-Encoding": object.contentEncoding,
    "Content-Language": object.contentLanguage,
    "Content-Disposition": active ? asAttachment(object.contentDisposition) : object.contentDisposition,
    // A customer's page must not act in the name of our host.
    "Content-Security-Policy": active ? "sandbox" : null,
    "Content-Length": String(range ? range.length : size),
    "Content-Range": range && `bytes ${range.offset}-${range.offset + range.length - 1}/${size}`,
  });
}

/** A disposition that has the answer saved; the file name of an `inline` one stays. */
export function asAttachment(disposition: string | null): string {
  return disposition === null ? "attachment" : disposition.replace(/^\s*[^;\s]*/, "attachment");
}

function present(headers: Record<string, string | null>): Record<string, string> {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}
