import type { EntryKey } from "../core/entry-key.ts";

/** An entry whose first copy is wanted, and when something was written down of it last, ms since the epoch. */
export type UnfilledEntry = { readonly key: EntryKey; readonly publicKey: string; readonly since: number };

/** How the fills of all tenants stand, by the ledger. Fails closed; has no time budget. */
export type FillCensus = {
  /**
   * Entries whose first copy is wanted and not there yet, those that wait included; and those that have failed since
   * `failedSince`, ms since the epoch. Each is counted no further than `most`.
   */
  count(of: { readonly failedSince: number; readonly most: number }): Promise<{
    readonly filling: number;
    readonly failed: number;
  }>;
  /** Entries that are being filled and of which nothing was written down since this moment; the longest silent first. */
  silent(since: number, limit: number): Promise<readonly UnfilledEntry[]>;
};
