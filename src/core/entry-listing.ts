import type { EntryState } from "./entry.ts";
import type { EntrySelection } from "./purge/selection.ts";

/** Entries that one page of a search looks at, newest change first: some ten milliseconds of Postgres. */
export const ENTRIES_SEARCHED = 10_000;

/** Which entries a text finds. Prefixes mean what they mean for a purge. */
export type EntryMatch =
  /** The text is somewhere in the public key, or in the source URL without its query; case of A to Z does not count. */
  | { readonly by: "contains"; readonly text: string }
  | Extract<EntrySelection, { readonly by: "key-prefix" | "url-prefix" }>;

/** Which of a tenant's entries are listed; `null`: of whichever. */
export type EntryListing = {
  readonly state: EntryState | null;
  /** One of the entry's, in lower case. */
  readonly tag: string | null;
  readonly match: EntryMatch | null;
  /** One that an earlier page of the same list gave. */
  readonly cursor: string | null;
  readonly limit: number;
};

/** Text as a search compares it: only ASCII, so that every database and every language agree. */
export function foldText(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
