import * as z from "zod";
import type { PurgeOutcome } from "../../app/purge-selection.ts";
import { MAX_CUSTOM_KEY_BYTES } from "../../core/entry-key.ts";
import { describeSelection } from "../../core/purge/describe.ts";
import type { PurgeJob } from "../../core/purge/purge-job.ts";
import { tag } from "../../core/purge/tag-list.ts";
import { plainText, prefixes } from "./prefixes.ts";

/** Keys of one call. */
export const MAX_PURGE_KEYS = 1_000;

const soft = z.boolean().describe("Serve what is there until the next download has it made anew.");

export const purgeRequest = z
  .strictObject({
    keys: z.array(plainText(MAX_CUSTOM_KEY_BYTES)).min(1).max(MAX_PURGE_KEYS),
    ...prefixes,
    tag: tag.describe("Entries with this tag; case does not count."),
    origin: z
      .number()
      .int()
      .positive()
      .describe("What a line of the allow-list is about: its id, as GET /origins lists it."),
    all: z.literal(true).describe("Everything."),
    soft,
  })
  .partial()
  .meta({ id: "PurgeRequest" });

const status = z.enum(["queued", "done"]);
const purged = z.number().int().describe("Entries of which there was something.");

export const purgeResult = z
  .strictObject({
    status,
    soft: z.boolean(),
    purge: z.string().optional().describe("Names the purge in /purge/{id}, for a week, where it is queued."),
    purged: purged.optional(),
    missing: z.array(z.string()).optional().describe("Keys of which there was nothing."),
  })
  .meta({ id: "PurgeResult" });

export const purgeBody = z
  .strictObject({
    purge: z.string(),
    status,
    soft: z.boolean(),
    purged: purged.describe("Until now."),
    missing: z.number().int().optional().describe("Keys of a list of which there was nothing, once all were tried."),
    selection: z.record(z.string(), z.unknown()).describe("What it is about, as it was asked for."),
    created_at: z.iso.datetime(),
    finished_at: z.iso.datetime().nullable(),
  })
  .meta({ id: "Purge" });

/** What became of a purge, as the API shows it. */
export function outcomeToBody(outcome: PurgeOutcome, soft: boolean): z.infer<typeof purgeResult> {
  if (!outcome.done) return { purge: outcome.job, status: "queued", soft };
  const { purged, missing } = outcome;
  return { status: "done", soft, purged, ...(missing && { missing: [...missing] }) };
}

/** A queued purge as the API shows it. */
export function purgeToBody(job: PurgeJob): z.infer<typeof purgeBody> {
  const { id, soft, purged, selection, createdAt, finishedAt } = job;
  const isDone = finishedAt !== null;
  const keys = selection.by === "keys" ? new Set(selection.keys).size : null;
  return {
    ...{ purge: id, status: isDone ? "done" : "queued", soft, purged },
    ...(isDone && keys !== null && { missing: Math.max(0, keys - purged) }),
    selection: describeSelection(selection),
    created_at: new Date(createdAt).toISOString(),
    finished_at: isDone ? new Date(finishedAt).toISOString() : null,
  };
}
