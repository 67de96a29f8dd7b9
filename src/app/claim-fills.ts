import type { KeyRing } from "../core/crypto/key-ring.ts";
import type { LedgerEntry } from "../core/entry.ts";
import { keyText } from "../core/entry-key.ts";
import type { FillGate, GrantedFill, OfferedUrl } from "../ports/fill-gate.ts";
import { offerOf } from "./fill-request.ts";
import { inTurns } from "./in-turns.ts";
import type { Source } from "./read-source.ts";
import { giveBack } from "./send-fills.ts";

/** Calls to the gate that are under way at once. */
const CALLS_AT_ONCE = 32;

/** A fill that is ours to queue. */
export type Claimed = { readonly fence: number; readonly offer: OfferedUrl };

/** What is wanted, and what was claimed for it. */
export type Claims<Wanted> = ReadonlyMap<Wanted, Claimed>;

/**
 * Claims the fills of what a known caller wants, once per key; what is missing in the answer is on its way already.
 * `known` is what the ledger says of an entry. A fill that it does not know to be of this very object has barely begun
 * and may be a stranger's with another: that one is stopped, and ours takes its place. Gives everything back when a claim
 * rejects.
 */
export async function claimFills<Wanted extends { readonly source: Source }>(
  items: readonly Wanted[],
  known: (source: Source) => LedgerEntry | undefined,
  { gate, ring }: { readonly gate: FillGate; readonly ring: KeyRing },
): Promise<Claims<Wanted>> {
  const claims = new Map<Wanted, Claimed>();
  const failures: unknown[] = [];
  const once = new Map<string, Wanted>();
  for (const item of items) {
    const text = keyText(item.source.key);
    if (!once.has(text)) once.set(text, item);
  }
  await inTurns([...once.values()], CALLS_AT_ONCE, async (item) => {
    const { key, identity, url } = item.source;
    try {
      const wanted = { key, boundTo: identity, url: url.fetchText, urlEndsAt: url.expiresAt };
      const offer = await offerOf(wanted, ring);
      let fence = await gate.claim(key, offer, true);
      if (fence === null && known(item.source)?.boundTo !== identity) {
        await gate.revoke(key);
        fence = await gate.claim(key, offer, true);
      }
      if (fence !== null) claims.set(item, { fence, offer });
    } catch (error) {
      failures.push(error);
    }
  });
  if (failures.length === 0) return claims;
  await giveBack(grantedFills(claims), gate);
  throw failures[0];
}

/** The claims as the gate knows them. */
export function grantedFills(claims: Claims<{ readonly source: Source }>): GrantedFill[] {
  return [...claims].map(([{ source }, { fence }]) => ({ key: source.key, fence }));
}
