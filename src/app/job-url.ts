import type { KeyRing } from "../core/crypto/key-ring.ts";
import { unseal } from "../core/crypto/seal.ts";
import { type EntryKey, keyText } from "../core/entry-key.ts";
import { fault } from "../core/fills/faults.ts";
import { type OriginUrl, readOriginUrl } from "../core/origin-url/origin-url.ts";
import type { BucketCname } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import { ClaimLost, FillFailed } from "./fill-failed.ts";
import type { FillJob } from "./fill-job.ts";

export type OpenUrlParts = { readonly ring: KeyRing; readonly gate: FillGate; readonly clock: Clock };

/** A URL that ends within this time, in ms, is not asked any more: the request might come too late. */
const ABOUT_TO_END_MS = 2_000;

/** Opens a sealed URL. Throws when it cannot be opened; whether it still lives is another question. */
export async function openUrl(
  sealed: string,
  key: EntryKey,
  cnames: readonly BucketCname[],
  ring: KeyRing,
): Promise<OriginUrl> {
  const text = await unseal(ring, "stored-url", sealed, keyText(key));
  const url = text === null ? null : readOriginUrl(text, cnames);
  if (url !== null && typeof url !== "string") return url;
  throw new FillFailed(fault("URL_UNREADABLE", "The stored URL could not be opened."));
}

export function isAboutToEnd({ expiresAt }: OriginUrl, now: number): boolean {
  return expiresAt !== null && expiresAt - ABOUT_TO_END_MS <= now;
}

/**
 * The job, with another URL when its own is about to end and somebody has brought one since that lives longer. Throws
 * URL_EXPIRED when nobody has, and {@link ClaimLost} when the lane is another's.
 */
export async function keepUrlAlive(job: FillJob, { ring, gate, clock }: OpenUrlParts): Promise<FillJob> {
  if (!isAboutToEnd(job.url, clock.now())) return job;
  // Who has lost its lane would begin in it anew, and go on with a plan that is none any more.
  if (!(await gate.renew(job.key, job.holder))) throw new ClaimLost();
  const begun = await gate.begin(job.key, job.holder);
  if (typeof begun === "string") throw new ClaimLost();
  const url = begun.url && (await openUrl(begun.url.sealedUrl, job.key, job.tenant.cnames, ring));
  if (url && !isAboutToEnd(url, clock.now())) return { ...job, url };
  throw urlExpired();
}

export function urlExpired(): FillFailed {
  return new FillFailed(fault("URL_EXPIRED", "The URL expired before all of the object was fetched."));
}
