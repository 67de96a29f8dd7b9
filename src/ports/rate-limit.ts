/** How often something may be done. Counts in one place of the world and about right; nothing is kept of it. */
export type RateLimit = {
  /** Times in a minute that a key may do it. */
  readonly perMinute: number;
  /** Whether `key` may do it once more now. */
  admit(key: string): Promise<boolean>;
};
