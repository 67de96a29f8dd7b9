import type { EntryKey } from "../entry-key.ts";
import type { TenantId } from "../tenant.ts";
import type { BypassReason, RefusalReason } from "./reasons.ts";

/** Of a tenant, and of none of its entries: assets are none. */
type OfTenant = { readonly tenant: TenantId };

/** Of an entry, by the line of the allow-list that its URL is on; `null`: by none that is known. */
type OfEntry = { readonly key: EntryKey; readonly rule: number | null };

/** What happened that somebody counts. */
export type UsageEvent =
  /** A copy was handed over. `assumed`: its bytes, which the store sends by itself; `null`: we send them, and count. */
  | (OfEntry & { readonly kind: "hit"; readonly assumed: number | null })
  /** There was no copy, or only an old one. */
  | (OfEntry & { readonly kind: "miss" })
  | (OfEntry & { readonly kind: "bypass"; readonly reason: BypassReason })
  | (OfTenant & { readonly kind: "refusal"; readonly reason: RefusalReason })
  /** An answer under a link of ours, or an asset; `bytes`: of its body, where that is small, which then needs no `delivered`. */
  | ((OfEntry | OfTenant) & { readonly kind: "delivery"; readonly status: number; readonly bytes: number })
  /** The client of such an answer has taken so many bytes more. */
  | ((OfEntry | OfTenant) & { readonly kind: "delivered"; readonly bytes: number })
  /** A first download passes through us. */
  | (OfEntry & { readonly kind: "pass" })
  /** Its client has taken so many bytes more. */
  | (OfEntry & { readonly kind: "passed"; readonly bytes: number })
  /** An origin sent us so many bytes more, whatever becomes of them. */
  | (OfEntry & { readonly kind: "transfer"; readonly bytes: number })
  /** A copy of so many bytes was made. */
  | (OfEntry & { readonly kind: "fill"; readonly bytes: number })
  /** A fill ended without a copy, for the reason of this code, after so many attempts. */
  | (OfEntry & { readonly kind: "fill-failed"; readonly code: string; readonly attempts: number })
  /** Somebody let go of an entry's copy. */
  | (OfEntry & { readonly kind: "purge" })
  /** Somebody sent us a file of so many bytes. */
  | (OfTenant & { readonly kind: "upload"; readonly bytes: number })
  /** A version of an asset was published. */
  | (OfTenant & { readonly kind: "asset"; readonly bytes: number });

/** Whose answer it is that goes out. */
export type DeliveredTo = OfEntry | OfTenant;
