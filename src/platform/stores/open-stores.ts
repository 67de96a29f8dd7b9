import type { StoreSettings } from "../../core/stores/store-settings.ts";
import type { Clock } from "../../ports/clock.ts";
import type { LinkSigner } from "../../ports/link-signer.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import { digestStreamHash } from "../cloudflare/digest-stream-hash.ts";
import { r2ObjectStore } from "../cloudflare/r2-object-store.ts";
import { presignedLinks } from "../s3/presigned-link.ts";
import { s3ObjectStore } from "../s3/s3-object-store.ts";
import { routedLinks } from "./routed-links.ts";
import { routedStore, type Stores } from "./routed-store.ts";

/** All stores of a deployment as one: its own bucket in R2, and those that its settings name. */
export function openStores(bucket: R2Bucket, named: readonly StoreSettings[], report: Stores["report"]): ObjectStore {
  const others = named.map((settings) => [settings.name, s3ObjectStore(settings, digestStreamHash)] as const);
  return routedStore({ own: r2ObjectStore(bucket), named: new Map(others), report });
}

/** Links straight to those stores that clients may be sent to; `otherwise` makes the links to what lies elsewhere. */
export function storeLinks(
  own: LinkSigner | null,
  named: readonly StoreSettings[],
  { otherwise, clock }: { readonly otherwise: LinkSigner; readonly clock: Clock },
): LinkSigner | null {
  const shown = named.filter(({ presign }) => presign);
  const links = shown.map((settings) => [settings.name, presignedLinks(settings, clock)] as const);
  return routedLinks({ own, named: new Map(links), otherwise });
}

/** What fills may be told to store copies in. */
export function storeNames(named: readonly StoreSettings[]): ReadonlySet<string> {
  return new Set(named.map(({ name }) => name));
}
