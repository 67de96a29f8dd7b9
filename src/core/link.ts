import type { KeyRing } from "./crypto/key-ring.ts";
import { seal, unseal } from "./crypto/seal.ts";
import { type EntryKey, entryKeyOf } from "./entry-key.ts";
import { hasDotSegments } from "./origin-url/percent-encoding.ts";
import type { Presentation } from "./presentation.ts";
import type { TenantId } from "./tenant.ts";

/** What a `/f/` link grants: one generation of an entry until a moment, and the way back to the origin. */
export type Link = {
  readonly key: EntryKey;
  readonly generation: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Where the holder goes when the copy is gone; `null` for links made without a URL. */
  readonly originUrl: string | null;
  /** How the copy is presented; `null`: as it is. */
  readonly presentation: Presentation | null;
  /** The CIDR block from which the link counts; `null`: from everywhere. */
  readonly network: string | null;
  /** The tenant's epoch when the link was made: a higher one has withdrawn it. */
  readonly epoch: number;
  /** SHA-256 of the whole copy, in hex; `null`: not known. */
  readonly sha256: string | null;
  /** Bytes of the whole copy; `null`: the link does not tell. Only ever a guess at what to read first. */
  readonly size: number | null;
  /** The id of the line of the allow-list that the copy's URL is on, to count by; `null`: of none that is known. */
  readonly rule: number | null;
};

/** Links end on multiples of this many ms, so that for a while the same file has the same link and browsers keep it. */
export const LINK_WINDOW_MS = 15 * 60_000;
/** A link lives at least this long unless its origin link ends sooner: long enough for a slow client to come back. */
export const LINK_LIFE_MS = 60 * 60_000;

/** When our link ends: rounded up to a window, and never after what it stands for (ms since the epoch, `null`: open). */
export function linkExpiry(now: number, ...ends: readonly (number | null)[]): number {
  const rounded = Math.ceil((now + LINK_LIFE_MS) / LINK_WINDOW_MS) * LINK_WINDOW_MS;
  return Math.min(rounded, ...ends.filter((end) => end !== null));
}

/** Until when {@link linkExpiry} says the same of the same, in ms since the epoch: then the next window begins. */
export function linkWindowEnd(now: number): number {
  return linkExpiry(now) - LINK_LIFE_MS + 1;
}

/** What only the origin's word opened, for a URL that it may withdraw at any moment, is good for this many ms. */
const BRIEF_LIFE_MS = 5 * 60_000;

/** When a link ends that stands for such a word: rounded up, so that for a while the same file has the same link. */
export function briefLinkExpiry(now: number): number {
  return Math.ceil((now + BRIEF_LIFE_MS) / BRIEF_LIFE_MS) * BRIEF_LIFE_MS;
}

/** The opaque, authenticated token of a link. The same link gives the same token. */
export function linkToken(ring: KeyRing, link: Link): Promise<string> {
  const { key, generation, expiresAt, originUrl, presentation: shown, network, epoch, sha256, size, rule } = link;
  const fields = shown && [shown.contentType, shown.contentDisposition, shown.contentLanguage];
  const named = [key.tenant, key.id, generation, expiresAt, originUrl, fields, network, epoch, sha256, size, rule];
  return seal(ring, "link", JSON.stringify(named));
}

/** The link of a token, or `null` when we did not make it. It may have expired: that is for the caller to ask. */
export async function readLinkToken(ring: KeyRing, token: string): Promise<Link | null> {
  const text = await unseal(ring, "link", token);
  if (text === null) return null;
  const parsed = JSON.parse(text) as TokenFields;
  const [tenant, id, generation, expiresAt, originUrl, fields, network] = parsed;
  // Not in what the version before made.
  const [epoch = 0, sha256 = null, size = null, rule = null] = parsed.slice(7) as LaterFields;
  const [contentType = null, contentDisposition = null, contentLanguage = null] = fields ?? [];
  const presentation = fields && { contentType, contentDisposition, contentLanguage };
  const key = entryKeyOf(tenant, id);
  return { key, generation, expiresAt, originUrl, presentation, network, epoch, sha256, size, rule };
}

type TokenFields = [
  tenant: TenantId,
  id: string,
  generation: string,
  expiresAt: number,
  originUrl: string | null,
  presentation: (string | null)[] | null,
  network: string | null,
  ...later: LaterFields,
];

type LaterFields = [epoch?: number, sha256?: string | null, size?: number | null, rule?: number | null];

/** The last segment of a URL's path, to end our link with: people and download managers name files by it. */
export function fileName(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/[^A-Za-z0-9._~%!$&'()*+,;=:@-]/g, "_");
  return name === "" || hasDotSegments(name) ? "file" : name;
}
