import * as z from "zod";
import { ENTRY_STATES, type LedgerEntry } from "../../core/entry.ts";
import { ENTRIES_SEARCHED, type EntryListing, type EntryMatch } from "../../core/entry-listing.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { FillProgress } from "../../core/fills/fill-plan.ts";
import { tag } from "../../core/purge/tag-list.ts";
import { keptPrefix } from "../../core/purge/url-prefix.ts";
import { plainText, prefixes } from "./prefixes.ts";

/** Characters of a search: no key has more. */
const MAX_SEARCH_LENGTH = 512;
/** Characters of a cursor: the longest key, or beginning of a URL, with its id. */
const MAX_CURSOR_LENGTH = 8192;

const time = z.iso.datetime();

const partsDigest = z.strictObject({
  sha256: z.string().describe("Of the SHA-256s, 32 bytes each, of all parts in their order; in hex."),
  part_bytes: z.number().int().describe("Bytes of each part but the last."),
});

const progress = z.strictObject({
  bytes: z.number().int(),
  total_bytes: z.number().int().nullable().describe("null: the origin did not say."),
  parts: z.number().int().describe("Parts that are stored."),
  total_parts: z.number().int().nullable(),
  attempts: z.number().int().describe("Attempts that were begun."),
});

export const entryBody = z
  .strictObject({
    key: z.string(),
    status: z.enum(ENTRY_STATES),
    size: z.number().int().nullable().describe("Bytes."),
    content_type: z.string().nullable(),
    etag: z.string().nullable().describe("The strong validator that the copy is served with."),
    sha256: z.string().nullable().describe("Of the stored bytes, in hex; null: see parts_digest."),
    parts_digest: partsDigest.nullable().describe("Of a copy that was stored in parts side by side."),
    generation: z.string().nullable().describe("Changes with every copy that is made."),
    source_url: z.string().describe("Where the bytes come from, without its credentials."),
    created_at: time,
    updated_at: time,
    stored_at: time.nullable(),
    fresh_until: time.nullable().describe("When the copy is fresh no more; null: it does not get old by itself."),
    expires_at: time.nullable(),
    refresh_wanted: z.boolean().describe("Whether the next download has the copy made anew, and gets this one."),
    tags: z.array(z.string()).describe("Names under which it can be purged with others."),
    hits: z.number().int(),
    error: z
      .strictObject({ code: z.string(), message: z.string() })
      .nullable()
      .describe("Why the last fill, or its last attempt, ended without a copy."),
    progress: progress.nullable().describe("How far a fill has come; null: none is under way. Not told in lists."),
  })
  .meta({ id: "Entry" });

export const purgeAnswer = z
  .strictObject({
    key: z.string(),
    status: z
      .enum(["purged", "refreshing"])
      .describe("refreshing: it is served until the next download has it made anew."),
  })
  .meta({ id: "PurgeAnswer" });

export const purgeQuery = z.strictObject({
  soft: z
    .enum(["true", "false"])
    .default("false")
    .transform((text) => text === "true"),
  site: z.string().optional(),
});

export const entryPage = z
  .strictObject({
    entries: z.array(entryBody),
    cursor: z.string().nullable().describe("Give it back to get the next page; null on the last."),
  })
  .meta({ id: "EntryPage" });

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

/** An entry as the API shows it. */
export function entryToBody(entry: LedgerEntry, progress: FillProgress | null): z.infer<typeof entryBody> {
  const { copy } = entry;
  return {
    key: entry.publicKey,
    status: entry.state,
    size: copy?.size ?? null,
    content_type: copy?.contentType ?? null,
    etag: copy?.etag ?? null,
    sha256: copy?.sha256 ?? null,
    parts_digest: copy?.partsDigest
      ? { sha256: copy.partsDigest.sha256, part_bytes: copy.partsDigest.partBytes }
      : null,
    generation: copy?.generation ?? null,
    source_url: entry.sourceUrl,
    created_at: isoTime(entry.createdAt),
    updated_at: isoTime(entry.updatedAt),
    stored_at: isoTimeOf(copy?.storedAt),
    fresh_until: isoTimeOf(copy?.freshUntil),
    expires_at: isoTimeOf(entry.expiresAt),
    refresh_wanted: entry.refreshWanted,
    tags: [...entry.tags],
    hits: entry.hits,
    error: entry.failure,
    progress: progress && progressToBody(progress),
  };
}

function progressToBody({ bytes, totalBytes, parts, totalParts, attempts }: FillProgress): z.infer<typeof progress> {
  return { bytes, total_bytes: totalBytes, parts, total_parts: totalParts, attempts };
}

function isoTimeOf(milliseconds: number | null | undefined): string | null {
  return milliseconds == null ? null : isoTime(milliseconds);
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
