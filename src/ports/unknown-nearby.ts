/** What other isolates of this place have learnt of entries that the ledger has nothing to tell of. Forgetful. */
export type UnknownNearby = {
  /** When one of them asked the ledger and it had nothing to tell, ms since the epoch, at most half a minute ago. */
  askedAt(key: string): Promise<number | null>;
  note(key: string, askedAt: number): Promise<void>;
};

/** How long it is remembered that the ledger had nothing to tell of an entry, in ms, by an isolate and in a place. */
export const UNKNOWN_MS = 30_000;
