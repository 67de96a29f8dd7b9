import * as z from "zod";
import type { AuditRecord } from "../../ports/audit-log.ts";

const record = z.strictObject({
  id: z.number().int(),
  at: z.iso.datetime(),
  actor: z.enum(["tenant", "operator", "schedule"]).describe("schedule: nobody but the clock, or a queue."),
  action: z.string().describe("Such as purge, purge.done or links.revoke."),
  detail: z.record(z.string(), z.unknown()),
  address: z.string().nullable().describe("The caller's IP address; null: not known."),
  request_id: z.string(),
});

export const auditPage = z
  .strictObject({
    records: z.array(record),
    before: z.number().int().nullable().describe("Give it back to get the next page; null on the last."),
  })
  .meta({ id: "AuditPage" });

export const auditQuery = z.strictObject({
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  site: z.string().optional().describe("For operators: the tenant to act for."),
});

/** A page of records as the API shows it; `limit`: how many were asked for. */
export function auditToBody(records: readonly AuditRecord[], limit: number): z.infer<typeof auditPage> {
  return {
    records: records.map(({ id, at, actor, action, detail, address, requestId }) => {
      return { id, at: new Date(at).toISOString(), actor, action, detail, address, request_id: requestId };
    }),
    before: records.length < limit ? null : (records.at(-1)?.id ?? null),
  };
}
