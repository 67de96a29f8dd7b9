import * as z from "zod";
import type { TenantId } from "../tenant.ts";
import type { UsageBatch } from "./batch.ts";
import { COUNTERS } from "./counters.ts";

const count = z.number().int().nonnegative();

const cell = z.object({
  tenant: z
    .string()
    .min(1)
    .transform((text) => text as TenantId),
  hour: count,
  entry: z.string().nullable(),
  rule: z.number().int().nullable(),
  counts: z.partialRecord(z.enum(COUNTERS), count),
});

const message = z.object({
  version: z.literal(1),
  id: z.uuid(),
  isolate: z.uuid(),
  sequence: z.number().int().positive(),
  at: count,
  cells: z.array(cell),
});

/** The batch of a message, or `null` for what is none that is known here. */
export function parseUsageMessage(body: unknown): UsageBatch | null {
  const parsed = message.safeParse(body);
  return parsed.success ? parsed.data : null;
}
