import * as z from "zod";

/** Entries that one message names: 43 characters each, of 128 KB. Of more, the purge waits at the next that fails. */
export const MAX_FAILED = 1_000;

const shape = z.strictObject({
  version: z.literal(1),
  kind: z.literal("purge"),
  tenant: z.string().min(1),
  /** The job's id. */
  job: z.string().min(1),
  /** How far it has come; `null`: it begins. */
  cursor: z.string().nullable(),
  /** Whether that was the end, and only those are left that failed. */
  ended: z.boolean(),
  /** Ids of entries that could not be purged: they are tried again when all others are done. */
  failed: z.array(z.string().length(43)).max(MAX_FAILED),
  /** Entries that were purged until there. */
  purged: z.number().int().nonnegative(),
  requestId: z.string(),
});

/** Pages of a purge on their way through the queue, beside fills and manifests. */
export type PurgeMessage = z.infer<typeof shape>;

/** The message, or `null` for a body that is none: another version, something else, or not ours. */
export function parsePurgeMessage(body: unknown): PurgeMessage | null {
  const parsed = shape.safeParse(body);
  return parsed.success ? parsed.data : null;
}
