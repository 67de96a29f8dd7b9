import * as z from "zod";
import { ENTRY_STATES, type LedgerEntry } from "../../core/entry.ts";
import type { FillProgress } from "../../core/fills/fill-plan.ts";

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
