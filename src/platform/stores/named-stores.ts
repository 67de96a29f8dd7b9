import type { StoreSettings } from "../../core/stores/store-settings.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import { digestStreamHash } from "../cloudflare/digest-stream-hash.ts";
import { s3ObjectStore } from "../s3/s3-object-store.ts";

/** The stores that a deployment's settings name, by name. */
export function namedStores(settings: readonly StoreSettings[]): ReadonlyMap<string, ObjectStore> {
  return new Map(settings.map((each) => [each.name, s3ObjectStore(each, digestStreamHash)] as const));
}
