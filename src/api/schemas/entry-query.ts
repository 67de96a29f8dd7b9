import * as z from "zod";
import { ENTRY_STATES } from "../../core/entry.ts";
import { ENTRIES_SEARCHED, type EntryListing, type EntryMatch } from "../../core/entry-listing.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { tag } from "../../core/purge/tag-list.ts";
import { keptPrefix } from "../../core/purge/url-prefix.ts";
import { plainText, prefixes } from "./prefixes.ts";

/** Characters of a search: no key has more. */
const MAX_SEARCH_LENGTH = 512;
/** Characters of a cursor: the longest key, or beginning of a URL, with its id. */
const MAX_CURSOR_LENGTH = 8192;

export const entryQuery = z.strictObject({
  status: z.enum(ENTRY_STATES).optional(),
  tag: tag.optional().describe("Entries with this tag; case does not count."),
  search: plainText(MAX_SEARCH_LENGTH)
    .optional()
    .describe(
      `In the key, or in source_url without its query; case of A to Z does not count. Of the entries that changed last ${ENTRIES_SEARCHED} are looked at for a page, which may hold fewer than limit, or none, and have a cursor.`,
    ),
  prefix: prefixes.prefix.optional(),
  url_prefix: prefixes.url_prefix.optional(),
  cursor: z.string().min(1).max(MAX_CURSOR_LENGTH).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  site: z.string().optional().describe("For operators: the tenant to act for."),
});

/** Which entries a query is about. Throws 400 for one that asks in two ways at once. */
export function listingOf({
  status,
  tag,
  search,
  prefix,
  url_prefix,
  cursor,
  limit,
}: z.infer<typeof entryQuery>): EntryListing {
  const matches: EntryMatch[] = [
    ...(search === undefined ? [] : [{ by: "contains" as const, text: search }]),
    ...(prefix === undefined ? [] : [{ by: "key-prefix" as const, prefix }]),
    ...(url_prefix === undefined ? [] : [{ by: "url-prefix" as const, prefix: keptPrefix(url_prefix) }]),
  ];
  if (matches.length > 1)
    throw new SnapbyteError("INVALID_FIELD", "Only one of search, prefix, url_prefix is possible.");
  return { state: status ?? null, tag: tag ?? null, match: matches[0] ?? null, cursor: cursor ?? null, limit };
}
