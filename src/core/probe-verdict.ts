import type { Copy } from "./entry.ts";
import { isTellingExpiry } from "./origin-url/telling-expiry.ts";

/** What the origin answered to `GET` with `Range: bytes=0-0` on a caller's URL. */
export type ProbeAnswer = {
  readonly status: number;
  readonly contentRange: string | null;
  readonly contentLength: string | null;
  readonly etag: string | null;
};

/** The origin's word on one URL: whether it would serve it, and which bytes it would serve (`null`: it did not say). */
export type Verdict = { readonly allowed: false } | AllowedVerdict;

export type AllowedVerdict = {
  readonly allowed: true;
  readonly size: number | null;
  readonly etag: string | null;
  /** When the origin was asked, in ms since the epoch. */
  readonly askedAt: number;
};

/** A yes is believed this long at most, and never past the URL's own expiry. */
export const ALLOWED_FOR_MS = 5 * 60_000;
/** A no is believed this long: time enough to spare the origin a flood, short enough to mend a mistake. */
export const DENIED_FOR_MS = 30_000;

/**
 * 206 with Content-Range, 200, and the 416 of an empty object are a yes; all else, redirects too, is a no. Nothing but an
 * empty object lacks byte 0, so a 416 that does not tell the length (R2's S3 endpoint) means one too.
 * `askedAt` in ms since the epoch.
 */
export function judgeProbe(answer: ProbeAnswer, askedAt: number): Verdict {
  const range = /^bytes (?:0-0|\*)\/(\d+)$/.exec(answer.contentRange ?? "");
  const total = range ? Number(range[1]) : null;
  switch (answer.status) {
    case 206:
      return total === null ? { allowed: false } : { allowed: true, size: total, etag: answer.etag, askedAt };
    case 416:
      return total === 0 || answer.contentRange === null
        ? { allowed: true, size: 0, etag: answer.etag, askedAt }
        : { allowed: false };
    case 200: {
      const length = /^\d+$/.test(answer.contentLength ?? "") ? Number(answer.contentLength) : null;
      return { allowed: true, size: length, etag: answer.etag, askedAt };
    }
    default:
      return { allowed: false };
  }
}

/**
 * Until when a verdict holds, in ms since the epoch. A yes to a URL that does not tell when it ends holds for nobody but
 * those who asked meanwhile: it may be withdrawn at any moment.
 */
export function verdictHoldsUntil(verdict: Verdict, urlExpiresAt: number | null, now: number): number {
  if (!verdict.allowed) return now + DENIED_FOR_MS;
  if (urlExpiresAt === null || !isTellingExpiry(urlExpiresAt, now)) return now;
  return Math.min(now + ALLOWED_FOR_MS, urlExpiresAt);
}

/**
 * Whether the copy still is what the origin would send: the length must agree, and the ETag where both are known. A
 * verdict from before the copy was made says nothing of it: else a remembered one would ask for one refill after another.
 */
export function isCurrent(copy: Copy, verdict: AllowedVerdict): boolean {
  if (verdict.askedAt < copy.storedAt) return true;
  if (verdict.size !== null && verdict.size !== copy.size) return false;
  return verdict.etag === null || copy.originEtag === null || verdict.etag === copy.originEtag;
}
