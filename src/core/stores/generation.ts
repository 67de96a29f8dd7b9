import { parseObjectKey } from "../entry.ts";
import type { FillSettings } from "../tenant.ts";

/** Lower case letters, digits and hyphens inside, 32 characters at most: it becomes a part of object keys. */
const STORE_NAME = /^[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?$/;

export function isStoreName(text: string): boolean {
  return STORE_NAME.test(text);
}

/**
 * The store for a new copy of `size` bytes (`null`: not known when it begins) as the tenant wants it; `null`: the
 * deployment's own.
 */
export function storeFor({ store, largeStore }: Pick<FillSettings, "store" | "largeStore">, size: number | null) {
  return largeStore !== null && size !== null && size >= largeStore.fromBytes ? largeStore.store : store;
}

/** A generation that lies in this store (`null`: the deployment's own), called `name`, which has no dot. */
export function generationIn(store: string | null, name: string): string {
  return store === null ? name : `${store}.${name}`;
}

/** The name of the store that a generation lies in; `null`: the deployment's own. */
export function storeOf(generation: string): string | null {
  const dot = generation.indexOf(".");
  return dot < 0 ? null : generation.slice(0, dot);
}

/** The same for an object of the store; what is no copy lies in the deployment's own. */
export function storeOfObject(key: string): string | null {
  const copy = parseObjectKey(key);
  return copy && storeOf(copy.generation);
}
