import { z } from "zod";
import { ENTRY_STATES, type LedgerEntry } from "../../core/entry.ts";

const time = z.iso.datetime();

export const entryBody = z
  .strictObject({
    key: z.string(),
    status: z.enum(ENTRY_STATES),
    size: z.number().int().nullable().describe("Bytes."),
    content_type: z.string().nullable(),
    etag: z.string().nullable().describe("The strong validator that the copy is served with."),
    sha256: z.string().nullable().describe("Of the stored bytes, in hex."),
    generation: z.string().nullable().describe("Changes with every copy that is made."),
    source_url: z.string().describe("Where the bytes come from, without its credentials."),
    created_at: time,
    updated_at: time,
    stored_at: time.nullable(),
    expires_at: time.nullable(),
    hits: z.number().int(),
    error: z
      .strictObject({ code: z.string(), message: z.string() })
      .nullable()
      .describe("Why the last fill, or its last attempt, ended without a copy."),
  })
  .meta({ id: "Entry" });

export const purgeAnswer = z.strictObject({ key: z.string(), status: z.literal("purged") }).meta({ id: "PurgeAnswer" });

export const entryPage = z
  .strictObject({
    entries: z.array(entryBody),
    cursor: z.string().nullable().describe("Give it back to get the next page; null on the last."),
  })
  .meta({ id: "EntryPage" });

export const entryQuery = z.strictObject({
  status: z.enum(ENTRY_STATES).optional(),
  cursor: z.string().min(1).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  site: z.string().optional().describe("For operators: the tenant to act for."),
});

/** An entry as the API shows it. */
export function entryToBody(entry: LedgerEntry): z.infer<typeof entryBody> {
  const { copy } = entry;
  return {
    key: entry.publicKey,
    status: entry.state,
    size: copy?.size ?? null,
    content_type: copy?.contentType ?? null,
    etag: copy?.etag ?? null,
    sha256: copy?.sha256 ?? null,
    generation: copy?.generation ?? null,
    source_url: entry.sourceUrl,
    created_at: isoTime(entry.createdAt),
    updated_at: isoTime(entry.updatedAt),
    stored_at: copy ? isoTime(copy.storedAt) : null,
    expires_at: entry.expiresAt === null ? null : isoTime(entry.expiresAt),
    hits: entry.hits,
    error: entry.failure,
  };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
