import type { StoreSettings } from "../../core/stores/store-settings.ts";

/** What fills may be told to store copies in. */
export function storeNames(named: readonly StoreSettings[]): ReadonlySet<string> {
  return new Set(named.map(({ name }) => name));
}
