import * as z from "zod";
import type { StorageReport } from "../../app/usage/storage.ts";

const bytes = z.number().int().nonnegative();

export const storageBody = z
  .strictObject({
    now: bytes.describe("Bytes of the copies that lie here at this moment."),
    days: z
      .array(z.strictObject({ day: z.iso.date(), stored_bytes: bytes.describe("At its end, UTC; of today, now.") }))
      .describe("30 days, the oldest first."),
  })
  .meta({ id: "Storage" });

/** What lies here, as the API shows it. */
export function storageToBody({ now, days }: StorageReport): z.infer<typeof storageBody> {
  return { now, days: days.map(({ day, storedBytes }) => ({ day, stored_bytes: storedBytes })) };
}
