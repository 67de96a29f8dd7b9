import type { StoreSettings } from "../../core/stores/store-settings.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import { digestStreamHash } from "../cloudflare/digest-stream-hash.ts";
import { r2ObjectStore } from "../cloudflare/r2-object-store.ts";
import { s3ObjectStore } from "../s3/s3-object-store.ts";
import { routedStore, type Stores } from "./routed-store.ts";

/** All stores of a deployment as one: its own bucket in R2, and those that its settings name. */
export function openStores(bucket: R2Bucket, named: readonly StoreSettings[], report: Stores["report"]): ObjectStore {
  const others = named.map((settings) => [settings.name, s3ObjectStore(settings, digestStreamHash)] as const);
  return routedStore({ own: r2ObjectStore(bucket), named: new Map(others), report });
}
