/**
 * Where the last run of a sweep stopped, in words of the store's own; `null`: at the end, or nowhere yet. An answer may
 * lag behind what was written: a sweep then looks at a page twice.
 */
export type SweepPlace = {
  read(): Promise<string | null>;
  write(cursor: string | null): Promise<void>;
};
