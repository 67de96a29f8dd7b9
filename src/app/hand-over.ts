import type { HeldEntry } from "../core/entry.ts";
import { briefLinkExpiry, linkWindowEnd } from "../core/link.ts";
import { isTellingExpiry } from "../core/origin-url/telling-expiry.ts";
import { presentationOf } from "../core/presentation.ts";
import { ALLOWED_FOR_MS, type Verdict } from "../core/probe-verdict.ts";
import { type CopyAddress, type CopyLinkParts, copyLink } from "./copy-link.ts";
import { type HitGround, REMEMBERED_FOR_MS } from "./remembered-hits.ts";
import type { Ask } from "./resolve.ts";

/** A copy that its caller may have. */
export type Granted = {
  readonly entry: HeldEntry;
  /** The origin's word that allowed it; `null`: it need not be asked. */
  readonly verdict: Verdict | null;
  /** Whether a signature that holds covers the URL. */
  readonly vouched: boolean;
  /** When it was decided upon, in ms since the epoch. */
  readonly at: number;
};

/** Where the copy is, and by what that holds for the next request with the same text; `null`: for this one only. */
export type HandOver = { readonly address: CopyAddress; readonly ground: HitGround | null };

/** Makes the link of a hit. Rejects when none can be made that would count. */
export async function handOver(ask: Ask, granted: Granted, parts: CopyLinkParts): Promise<HandOver> {
  const { tenant, method, signed } = ask;
  const { url, key, rule } = ask.source;
  const { entry, verdict, vouched } = granted;
  const now = parts.clock.now();
  const endsBy = verdict && !isTellingExpiry(url.expiresAt, now) ? briefLinkExpiry(now) : null;
  const presentation = presentationOf(url, vouched || verdict !== null);
  const address = await copyLink(
    { tenant, key, rule: rule.id ?? null, entry, method, origin: url, presentation, endsBy, signed },
    parts,
  );
  return { address, ground: endsBy === null && isForAnyAddress(ask) ? groundOf(ask, granted, address) : null };
}

/** Whether the client's own address had no part in the decision. */
function isForAnyAddress({ tenant, signed }: Ask): boolean {
  return tenant.clientNetworks.length === 0 && (signed === null || signed.network === null);
}

function groundOf({ source }: Ask, { entry, verdict, at }: Granted, { epoch, expiresAt }: CopyAddress): HitGround {
  const ends = [at + REMEMBERED_FOR_MS, linkWindowEnd(at), expiresAt, entry.copy.freshUntil ?? expiresAt];
  if (verdict?.allowed) ends.push(verdict.askedAt + ALLOWED_FOR_MS);
  return { key: source.key, entry, epoch, at, until: Math.min(...ends) };
}
