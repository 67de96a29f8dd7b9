import type { KeyRing } from "../core/crypto/key-ring.ts";
import { seal } from "../core/crypto/seal.ts";
import { type EntryKey, keyText } from "../core/entry-key.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import type { OfferedUrl } from "../ports/fill-gate.ts";

/** A copy that is wanted. */
export type FillRequest = {
  readonly key: EntryKey;
  readonly publicKey: string;
  /** Digest of the identity of the object that the URL names. */
  readonly boundTo: string;
  /** Signed, in clear: it is sealed before it leaves. */
  readonly url: string;
  /** When that URL ends, ms since the epoch; `null`: it does not tell. */
  readonly urlEndsAt: number | null;
  readonly trusted: boolean;
  /** When the tenant wants the copy gone, ms since the epoch; `null`: no wish. */
  readonly expiresAt: number | null;
  /** What was known of the entry: what the gate said to others counts for who knows the same. */
  readonly seen: string;
  /** Names under which the copy can be purged with others, beside those of its origin's rule. */
  readonly tags: readonly string[];
  readonly requestId: string;
};

/** The request's URL as the gate and the queue may keep it: sealed to the entry. */
export async function offerOf(
  { key, boundTo, url, urlEndsAt }: Pick<FillRequest, "key" | "boundTo" | "url" | "urlEndsAt">,
  ring: KeyRing,
): Promise<OfferedUrl> {
  return { boundTo, sealedUrl: await seal(ring, "stored-url", url, keyText(key)), endsAt: urlEndsAt };
}

/** The message of a granted fill. */
export function fillMessage(request: Omit<FillRequest, "seen">, { sealedUrl }: OfferedUrl, fence: number): FillMessage {
  const { key, publicKey, boundTo, trusted, expiresAt, tags, requestId } = request;
  const { tenant, id: entry } = key;
  const fill = { tenant, entry, fence, publicKey, trusted, expiresAt, boundTo, sealedUrl, requestId };
  return { version: 4, ...fill, lane: 0, spent: 0, tags: [...tags] };
}
