import * as z from "zod";
import { ENTRY_STATES, type EntryState } from "../../core/entry.ts";
import { BATCH_STATUSES, type BatchSummary, batchStatus, MAX_LINE_ERRORS } from "../../core/preload/batch.ts";

const count = z.number().int();
const failure = { code: z.string(), message: z.string() };

const entryCounts = z.strictObject({
  total: count.describe("Entries that the batch wants; one that it names twice counts once."),
  ...(Object.fromEntries(ENTRY_STATES.map((state) => [state, count])) as Record<EntryState, typeof count>),
});

export const batchBody = z
  .strictObject({
    batch: z.string(),
    status: z
      .enum(BATCH_STATUSES)
      .describe(
        "expanding: not all lines were looked at; working: fills are under way; done: none is; " +
          "failed: lines were not looked at, and will not be.",
      ),
    created_at: z.iso.datetime(),
    lines: count.describe("Lines, or items; 0 until all of a manifest was read. Blank lines do not count."),
    rejected: count.describe("Lines that were passed over."),
    errors: z
      .array(z.strictObject({ line: count.describe("From 1."), ...failure }))
      .describe(`Why; the first ${MAX_LINE_ERRORS} of them.`),
    error: z.strictObject(failure).nullable().describe("Why the batch failed."),
    entries: entryCounts.describe("What has become of the entries, by their status now."),
    bytes: count.describe("Of the copies of ready entries."),
  })
  .meta({ id: "PreloadSummary" });

/** A batch as the API shows it. */
export function batchToBody(batch: string, summary: BatchSummary): z.infer<typeof batchBody> {
  const { createdAt, lines, rejected, errors, failure: error, entries, bytes } = summary;
  const total = Object.values(entries).reduce((sum, each) => sum + each, 0);
  return {
    batch,
    status: batchStatus(summary),
    created_at: new Date(createdAt).toISOString(),
    ...{ lines, rejected, errors: [...errors], error },
    entries: { total, ...entries },
    bytes,
  };
}
