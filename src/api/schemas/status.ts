import * as z from "zod";
import { COUNTED_TO, type SystemStatus } from "../../app/system-status.ts";

const count = z.number().int();

export const statusBody = z
  .strictObject({
    fills_in_flight: count.describe(`Entries whose first copy is wanted and not there yet; ${COUNTED_TO}: or more.`),
    queued_messages: count.nullable().describe("In the queue of fills, an estimate; null: the queue does not say."),
    dead_letters: count.describe(`Those that nobody has replayed; ${COUNTED_TO}: or more.`),
    failed_fills_last_hour: count.describe(`Entries that have failed within an hour; ${COUNTED_TO}: or more.`),
    lost_batches: count.describe("Batches of usage of the last day that did not come."),
    stuck_fills: z
      .array(z.strictObject({ tenant: z.string(), key: z.string(), since: z.iso.datetime() }))
      .nullable()
      .describe("Entries that count as being filled while nobody has their fill; null: the gate does not say."),
    usage_waits_since: z.iso.datetime().nullable().describe("The oldest usage that is in no sum yet; null: all is."),
  })
  .meta({ id: "SystemStatus" });

export function statusToBody(status: SystemStatus): z.infer<typeof statusBody> {
  const { filling, queued, deadLetters, failed, lostBatches, stuck, unsummedSince } = status;
  return {
    ...{ fills_in_flight: filling, queued_messages: queued, dead_letters: deadLetters },
    ...{ failed_fills_last_hour: failed, lost_batches: lostBatches },
    stuck_fills:
      stuck?.map(({ key, publicKey, since }) => {
        return { tenant: key.tenant, key: publicKey, since: new Date(since).toISOString() };
      }) ?? null,
    usage_waits_since: unsummedSince === null ? null : new Date(unsummedSince).toISOString(),
  };
}
