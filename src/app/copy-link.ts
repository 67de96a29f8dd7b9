import type { HeldEntry } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import { fileName, type Link, linkExpiry } from "../core/link.ts";
import type { RawUrl } from "../core/origin-url/raw-url.ts";
import type { Presentation } from "../core/presentation.ts";
import type { Tenant } from "../core/tenant.ts";
import type { UsageEvent } from "../core/usage/event.ts";
import type { Clock } from "../ports/clock.ts";
import type { LinkSigner } from "../ports/link-signer.ts";
import type { SignedFor } from "./admit.ts";
import { type LinkEpochParts, linkEpoch } from "./link-epoch.ts";

/** Makes links for each way of delivery; `null` where this deployment does not offer it, then `edge` serves. */
export type Links = { readonly edge: LinkSigner; readonly presigned: LinkSigner | null };

export type CopyLinkParts = LinkEpochParts & {
  readonly links: Links;
  readonly clock: Clock;
};

/**
 * A hit: whose, of what, the origin link that it stands for (`null`: the caller named only the key), and the tenant's
 * signature on the link that was asked (`null`: there was none).
 */
export type Hit = {
  readonly tenant: Tenant;
  readonly key: EntryKey;
  /** The id of the line of the allow-list that the origin URL is on; `null`: of none that is known. */
  readonly rule: number | null;
  readonly entry: HeldEntry;
  readonly method: "GET" | "HEAD";
  readonly origin: { readonly raw: RawUrl; readonly expiresAt: number | null } | null;
  readonly presentation: Presentation | null;
  /** The link ends no later than this, in ms since the epoch; `null`: nothing more than these bounds it. */
  readonly endsBy: number | null;
  readonly signed: SignedFor | null;
};

/** Where a copy is, for whoever asks now. */
export type CopyAddress = {
  readonly location: string;
  /** When the link ends, in ms since the epoch. */
  readonly expiresAt: number;
  /** The tenant's epoch that it bears, or would. */
  readonly epoch: number;
  /** The same for whoever asks at another moment, where the address bears it; `null`: it is the same then. */
  readonly at: ((now: number) => string) | null;
  /** Whether it leads past us, straight to the store. */
  readonly straight: boolean;
};

/**
 * The address of the copy. It ends no later than the origin link, the signed link and the tenant's own wish. Rejects when
 * no link can be made that would count.
 */
export async function copyLink(hit: Hit, parts: CopyLinkParts): Promise<CopyAddress> {
  const { tenant, key, rule, entry, method, origin, presentation, endsBy, signed } = hit;
  const network = signed?.network ?? null;
  // The store knows no client addresses: what is bound to one goes through us.
  const presigned = tenant.delivery === "presigned" && network === null && parts.links.presigned;
  const signer = presigned || parts.links.edge;
  const now = parts.clock.now();
  const ends = [origin?.expiresAt ?? null, signed?.expiresAt ?? null, entry.expiresAt, endsBy];
  const link: Link = {
    key,
    generation: entry.copy.generation,
    expiresAt: linkExpiry(now, ...ends),
    originUrl: origin?.raw.text ?? null,
    presentation,
    network,
    epoch: await linkEpoch(tenant.id, parts, { nowhereElse: origin === null }),
    sha256: entry.copy.sha256,
    size: entry.copy.size,
    rule,
  };
  const name = fileName(origin?.raw.path ?? entry.source);
  const at = signer.prepare?.(link, name, method) ?? null;
  const location = at ? at(now) : await signer.sign(link, name, method);
  // What lies in a store that shows itself to nobody has a link of ours all the same, a reference from the root.
  const straight = Boolean(presigned) && !location.startsWith("/");
  return { location, expiresAt: link.expiresAt, epoch: link.epoch, at, straight };
}

/** What a hit counts as: where the store sends the copy by itself, nobody sees how much of it. */
export function hitEvent(
  { key, rule, entry, method }: Pick<Hit, "key" | "rule" | "entry" | "method">,
  { straight }: Pick<CopyAddress, "straight">,
): UsageEvent {
  return { kind: "hit", key, rule, assumed: straight && method === "GET" ? entry.copy.size : null };
}
