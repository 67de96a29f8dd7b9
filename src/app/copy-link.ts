import type { HeldEntry } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import { fileName, linkExpiry } from "../core/link.ts";
import type { RawUrl } from "../core/origin-url/raw-url.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { LinkSigner } from "../ports/link-signer.ts";
import type { UsageSink } from "../ports/usage-sink.ts";

/** Makes links for each way of delivery; `null` where this deployment does not offer it, then `edge` serves. */
export type Links = { readonly edge: LinkSigner; readonly presigned: LinkSigner | null };

export type CopyLinkParts = { readonly links: Links; readonly usage: UsageSink; readonly clock: Clock };

/** A hit: whose, of what, and the origin link that it stands for (`null`: the caller named only the key). */
export type Hit = {
  readonly tenant: Tenant;
  readonly key: EntryKey;
  readonly entry: HeldEntry;
  readonly method: "GET" | "HEAD";
  readonly origin: { readonly raw: RawUrl; readonly expiresAt: number | null } | null;
};

/** The address of the copy. It ends no later than the origin link and the tenant's own wish. */
export async function copyLink({ tenant, key, entry, method, origin }: Hit, parts: CopyLinkParts): Promise<string> {
  const signer = (tenant.delivery === "presigned" && parts.links.presigned) || parts.links.edge;
  const link = {
    key,
    generation: entry.copy.generation,
    expiresAt: linkExpiry(parts.clock.now(), origin?.expiresAt ?? null, entry.expiresAt),
    originUrl: origin?.raw.text ?? null,
  };
  const location = await signer.sign(link, fileName(origin?.raw.path ?? entry.source), method);
  parts.usage.record({ kind: "hit", key });
  return location;
}
