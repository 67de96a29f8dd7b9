import type { OriginRule } from "../tenant.ts";

/** Which entries of a tenant a purge is about. */
export type PurgeSelection = { readonly by: "keys"; readonly keys: readonly string[] } | EntrySelection;

/** What only the ledger can say the entries of. */
export type EntrySelection =
  /** Of the public key, in the order of characters as they are. */
  | { readonly by: "key-prefix"; readonly prefix: string }
  /** Of the URL that the copy came from, without its query: scheme, host and path. */
  | { readonly by: "url-prefix"; readonly prefix: string }
  | { readonly by: "tag"; readonly tag: string }
  /** What a line of the allow-list allows, by its id and as it was when the purge was asked for: it may be deleted. */
  | { readonly by: "origin"; readonly id: number; readonly rule: OriginScope }
  | { readonly by: "all" };

/** Which URLs a line of the allow-list is about. */
export type OriginScope = Pick<OriginRule, "scheme" | "host" | "port" | "pathPrefix">;
