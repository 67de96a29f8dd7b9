import { freshnessMs, parseCacheControl } from "../http/cache-control.ts";
import { type Fault, fault, faultOfStatus } from "./faults.ts";
import { MAX_OBJECT_BYTES } from "./fill-choice.ts";
import type { OriginHead } from "./origin-head.ts";

/** What decides, beside the origin's answer, whether that is stored. */
export type StoringTerms = {
  /**
   * A recognised object store: who may have the bytes is proved for each request, and identity and probes tell whether a
   * copy is current. So defaults such as `private, max-age=0` (GCS) need not keep it from being made, nor make it old.
   */
  readonly objectStore: boolean;
  /** Whether `private` and `no-cache` count on an object store. Elsewhere they always do. */
  readonly obeyPrivate: boolean;
  readonly storeHtml: boolean;
  /** Bytes; `null`: what one object may have at all. */
  readonly maxObjectBytes: number | null;
};

export type Storable = {
  /** Bytes; `null`: the origin did not say. */
  readonly length: number | null;
  /** When the copy is fresh no more, ms since the epoch; `null`: it never gets old by itself. */
  readonly freshUntil: number | null;
};

/** What answers may depend on: we always ask for the same encoding, and with `Origin` only fields of CORS differ. */
const HARMLESS_VARY = new Set(["", "accept-encoding", "origin"]);

const HTML_TYPES = new Set(["text/html", "application/xhtml+xml"]);

/**
 * Whether the answer to a GET for the whole object may be stored, as what, or why not: a 200 only, since anything else
 * could be part of an object, and only what RFC 9111 section 3 and the tenant leave to a shared cache. `Set-Cookie` does
 * not forbid it: it is no word on the bytes, and is never kept.
 */
export function storable(head: OriginHead, terms: StoringTerms, now: number): Storable | Fault {
  if (head.status !== 200) return faultOfStatus(head, now);
  const vary = (head.header("vary") ?? "").toLowerCase().split(",");
  if (vary.some((name) => !HARMLESS_VARY.has(name.trim()))) return fault("VARIES");
  if (!terms.storeHtml && isHtml(head.header("content-type"))) return fault("HTML_NOT_STORED");
  const forbidden = forbiddenBy(head, terms);
  if (forbidden !== null) return fault("NOT_STORABLE", `The origin forbids shared caches to keep it: ${forbidden}.`);
  const length = contentLength(head);
  const most = Math.min(terms.maxObjectBytes ?? MAX_OBJECT_BYTES, MAX_OBJECT_BYTES);
  if (length !== null && length > most) return tooLarge(most);
  if (terms.objectStore) return { length, freshUntil: null };
  const fresh = freshnessMs(head, now);
  if (fresh === 0) return fault("NOT_STORABLE", "The origin's answer is stale at once.");
  return { length, freshUntil: fresh === null ? null : now + fresh };
}

/** For an object that is found to have more than `most` bytes, by its head or only while it is read. */
export function tooLarge(most: number): Fault {
  return fault("TOO_LARGE", `The object has more than ${most} bytes, the most that may be stored.`);
}

/** What in the answer's words keeps a shared cache from storing it; `null`: nothing. */
function forbiddenBy(head: OriginHead, { objectStore, obeyPrivate }: StoringTerms): string | null {
  const text = head.header("cache-control");
  const control = parseCacheControl(text);
  if (control.noStore) return "Cache-Control: no-store";
  if (objectStore && !obeyPrivate) return null;
  if (control.private) return "Cache-Control: private";
  if (control.noCache) return "Cache-Control: no-cache";
  // Older than Cache-Control, and of no meaning beside it (RFC 9111 section 5.4).
  const pragma = text === null && parseCacheControl(head.header("pragma")).noCache;
  return pragma ? "Pragma: no-cache" : null;
}

function isHtml(contentType: string | null): boolean {
  const [type = ""] = (contentType ?? "").split(";");
  return HTML_TYPES.has(type.trim().toLowerCase());
}

/**
 * A length that cannot be understood is as good as none, and so is one beside chunks, which count (RFC 9112 section 6.3):
 * the body has theirs.
 */
function contentLength(head: OriginHead): number | null {
  if (head.header("transfer-encoding") !== null) return null;
  const text = head.header("content-length") ?? "";
  return /^\d+$/.test(text) ? Number(text) : null;
}
