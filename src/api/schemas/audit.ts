import * as z from "zod";
import type { AuditRecord } from "../../ports/audit-log.ts";

const who = z
  .strictObject({
    by: z.enum(["key", "person"]),
    id: z.string(),
    name: z.string(),
    operator: z.string().nullable().describe("The operator who acted in the person's name."),
  })
  .nullable()
  .describe("null: nobody but the clock, or it is from before that was kept.");

const record = z.strictObject({
  id: z.number().int(),
  at: z.iso.datetime(),
  actor: z
    .enum(["tenant", "operator", "schedule"])
    .describe("schedule: nobody but the clock, a queue, or what was told of a payment."),
  who,
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

const moment = z.iso.datetime({ offset: true });
/** Postgres takes no NUL in a text. */
const plain = z.string().regex(/^[^\p{Cc}]{1,128}$/u, "must be 1 to 128 characters");

export const auditQuery = z.strictObject({
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  action: plain.optional().describe("One action; with a full stop at its end all that begin so: keys. for example."),
  who: plain.optional().describe("The id of a key, or of a person."),
  since: moment.optional(),
  until: moment.optional(),
  site: z.string().optional().describe("For operators: the tenant to act for."),
});

const fact = z.union([z.string().max(500), z.number(), z.boolean(), z.null(), z.array(z.string().max(500)).max(50)]);

export const auditNote = z
  .strictObject({
    action: z
      .string()
      .regex(/^(?:members|sessions|billing|operators)\.[a-z_]{1,40}$/, "must be a change of the console's"),
    detail: z.record(z.string().max(40), fact).refine((facts) => Object.keys(facts).length <= 20, "has too many facts"),
  })
  .meta({ id: "AuditNote" });

export const auditNoted = z.strictObject({ action: z.string(), status: z.literal("noted") }).meta({ id: "AuditNoted" });

/** A page of records as the API shows it; `limit`: how many were asked for. */
export function auditToBody(records: readonly AuditRecord[], limit: number): z.infer<typeof auditPage> {
  return {
    records: records.map(({ id, at, actor, who = null, action, detail, address, requestId }) => {
      return { id, at: new Date(at).toISOString(), actor, who, action, detail, address, request_id: requestId };
    }),
    before: records.length < limit ? null : (records.at(-1)?.id ?? null),
  };
}
