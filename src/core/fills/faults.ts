import { parseHttpDate } from "../http/http-date.ts";
import type { OriginHead } from "./origin-head.ts";

/** What follows from a fault. */
export type FaultRule = {
  /** Whether asking again with the same URL would end the same. */
  readonly final: boolean;
  /** Attempts in all, after which a fault that is retried becomes final; `null`: as many as the queue makes. */
  readonly attempts: number | null;
  /**
   * How long after the end the entry is not filled again, but by who insists, in ms. Only for what is the object's fault:
   * with a URL of no worth anybody could else keep others from filling.
   */
  readonly quietMs: number;
  /** For the tenant: nothing of our inside, and no URL. */
  readonly message: string;
};

const FINAL = { final: true, attempts: null, quietMs: 0 };
const RETRIED = { final: false, attempts: null, quietMs: 0 };

/** An object that is not there is often about to be uploaded. */
const MISSING_QUIET_MS = 60_000;
/** What an object is like seldom changes: quiet for 10 minutes. */
const UNFIT = { final: true, attempts: null, quietMs: 10 * 60_000 };

/** Every way in which a fill can end without a copy, once. */
const TABLE = {
  ORIGIN_REFUSED: { ...FINAL, message: "The origin refused the URL." },
  ORIGIN_NOT_FOUND: { ...FINAL, quietMs: MISSING_QUIET_MS, message: "The origin has no such object." },
  ORIGIN_STATUS: { ...FINAL, message: "The origin gave an answer that is not stored." },
  ORIGIN_BUSY: { ...RETRIED, message: "The origin is busy." },
  ORIGIN_ERROR: { ...RETRIED, message: "The origin has an error." },
  REDIRECT_REFUSED: { ...FINAL, message: "The origin redirects to nowhere, or too often." },
  REDIRECT_NOT_ALLOWED: { ...FINAL, message: "The origin redirects to one that is not on the allow-list." },
  RANGE_REFUSED: { ...RETRIED, attempts: 2, message: "The origin did not send the range that it was asked for." },
  SOURCE_CHANGED: { ...RETRIED, message: "The object changed at the origin while it was fetched." },

  ORIGIN_NOT_ALLOWED: { ...FINAL, message: "The origin is not on the tenant's allow-list any more." },
  URL_EXPIRED: { ...FINAL, message: "The URL expired before it could be fetched." },
  URL_UNREADABLE: { ...FINAL, message: "The stored URL could not be opened." },

  TOO_LARGE: { ...UNFIT, message: "The object is larger than may be stored." },
  NOT_STORABLE: { ...UNFIT, message: "The origin forbids shared caches to keep the object." },
  VARIES: { ...UNFIT, message: "The origin's answer depends on request headers." },
  HTML_NOT_STORED: { ...UNFIT, message: "The object is HTML, which this tenant does not store." },
  LENGTH_UNKNOWN: { ...UNFIT, message: "The origin did not say how long the object is." },

  WRONG_LENGTH: { ...RETRIED, message: "The body had another length than the origin announced." },
  // Once more, since bytes do get broken on their way. After that, each further attempt would cost the whole transfer.
  DIGEST_MISMATCH: { ...UNFIT, final: false, attempts: 2, message: "The bytes are not those that were declared." },
  STALLED: { ...RETRIED, message: "The origin stopped sending." },
  TIMEOUT: { ...RETRIED, message: "The fill took too long." },
  INTERRUPTED: { ...RETRIED, message: "The fill broke off." },

  STORE_FAILED: { ...RETRIED, message: "The store did not take the bytes." },
  OVERTAKEN: { ...FINAL, message: "A purge or another fill came in between." },
  GAVE_UP: { ...FINAL, message: "The fill was tried too often without an end." },
} as const;

export type FaultCode = keyof typeof TABLE;

export const FAULTS: Readonly<Record<FaultCode, FaultRule>> = TABLE;

/** How one attempt ended. `retryAfterMs`: the origin asked not to be asked before, in ms; `null`: it did not say. */
export type Fault = { readonly code: FaultCode; readonly message: string; readonly retryAfterMs: number | null };

/** `message`: where more can be said than the table says. */
export function fault(
  code: FaultCode,
  message: string = FAULTS[code].message,
  retryAfterMs: number | null = null,
): Fault {
  return { code, message, retryAfterMs };
}

/** Whether nothing is left to try after `attempt`, which counts from 1. */
export function isFinal({ code }: Pick<Fault, "code">, attempt: number): boolean {
  const { final, attempts } = FAULTS[code];
  return final || (attempts !== null && attempt >= attempts);
}

/** What an answer with another status than those that were asked for means. `now`: ms since the epoch. */
export function faultOfStatus(head: OriginHead, now: number): Fault {
  const { status } = head;
  const code = codeOfStatus(status);
  return fault(code, MESSAGES[code]?.(status), FAULTS[code].final ? null : retryAfterMs(head, now));
}

const MESSAGES: Partial<Record<FaultCode, (status: number) => string>> = {
  ORIGIN_REFUSED: (status) => `The origin refused the URL with ${status}.`,
  ORIGIN_NOT_FOUND: (status) => `The origin has no such object (${status}).`,
  ORIGIN_STATUS: (status) => `The origin answered ${status}.`,
  ORIGIN_BUSY: (status) => `The origin is busy and answered ${status}.`,
  ORIGIN_ERROR: (status) => `The origin answered ${status}.`,
};

function codeOfStatus(status: number): FaultCode {
  if (status === 401 || status === 403) return "ORIGIN_REFUSED";
  if (status === 404 || status === 410) return "ORIGIN_NOT_FOUND";
  if (status === 412) return "SOURCE_CHANGED";
  if (status === 416) return "RANGE_REFUSED";
  if (status === 429 || status === 503) return "ORIGIN_BUSY";
  // A status beyond 599 counts as an error of the server's (RFC 9110 section 15).
  if (status === 408 || status === 425 || status >= 500) return "ORIGIN_ERROR";
  return [301, 302, 303, 307, 308].includes(status) ? "REDIRECT_REFUSED" : "ORIGIN_STATUS";
}

/** An origin may ask for hours; a fill that is put off for longer than this has become somebody else's. */
export const LONGEST_RETRY_AFTER_MS = 15 * 60_000;

/** Retry-After (RFC 9110 section 10.2.3), in seconds or as a date; `null`: none that can be understood. */
function retryAfterMs(head: OriginHead, now: number): number | null {
  const text = head.header("retry-after")?.trim() ?? null;
  if (text === null) return null;
  const date = parseHttpDate(text);
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : date && date - now;
  return wait === null ? null : Math.min(Math.max(0, wait), LONGEST_RETRY_AFTER_MS);
}
