import * as z from "zod";
import { REPLAY_STATUSES, type Replayed } from "../../app/dead-letters/replay.ts";
import { DEAD_LETTER_AGE_MS, DEAD_LETTER_KINDS, type DeadLetter } from "../../core/dead-letters/dead-letter.ts";
import type { Letters } from "../../ports/dead-letters.ts";

export const deadLetterBody = z
  .strictObject({
    id: z.string(),
    kind: z.enum(DEAD_LETTER_KINDS).describe("unknown: it is of no form that the consumer knew."),
    tenant: z.string().nullable().describe("The tenant's id; null: the message does not say."),
    key: z.string().nullable().describe("The entry's key; null: it is about no one entry."),
    batch: z.string().nullable().describe("The preload's batch; null: of none."),
    attempts: z.number().int(),
    error: z.strictObject({ code: z.string(), message: z.string() }).describe("Why it was given up."),
    at: z.iso.datetime(),
    source_ends_at: z.iso
      .datetime()
      .nullable()
      .describe("When the URL ends that would be fetched: from then on it cannot be replayed. null: it does not tell."),
    forgotten_at: z.iso.datetime(),
    replayed_at: z.iso.datetime().nullable().describe("null: nobody has sent it again."),
  })
  .meta({ id: "DeadLetter" });

export const deadLetterPage = z
  .strictObject({
    dead_letters: z.array(deadLetterBody),
    cursor: z.string().nullable().describe("Give it back to get the next page; null on the last."),
  })
  .meta({ id: "DeadLetterPage" });

export const deadLetterQuery = z.strictObject({
  cursor: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const deadLetterReplay = z
  .strictObject({
    id: z.string(),
    status: z
      .enum(REPLAY_STATUSES)
      .describe(
        "queued: its message is in the queue; filling: somebody else fills it, and it stays; ready: nothing is left to do.",
      ),
  })
  .meta({ id: "DeadLetterReplay" });

const moment = (at: number) => new Date(at).toISOString();

function letterToBody(letter: DeadLetter): z.infer<typeof deadLetterBody> {
  const { id, kind, tenant, key, batch, attempts, failure, urlEndsAt, at, replayedAt } = letter;
  return {
    ...{ id, kind, tenant, key, batch, attempts, error: failure, at: moment(at) },
    source_ends_at: urlEndsAt === null ? null : moment(urlEndsAt),
    forgotten_at: moment(at + DEAD_LETTER_AGE_MS),
    replayed_at: replayedAt === null ? null : moment(replayedAt),
  };
}

export function lettersToBody({ letters, cursor }: Letters): z.infer<typeof deadLetterPage> {
  return { dead_letters: letters.map(letterToBody), cursor: cursor === null ? null : String(cursor) };
}

export function replayToBody({ letter: { id }, status }: Replayed): z.infer<typeof deadLetterReplay> {
  return { id, status };
}
