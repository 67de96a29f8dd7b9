import { listAudit } from "../../app/audit.ts";
import { answer, type ManagementCall, tenantOf } from "../management.ts";
import { parse } from "../parse.ts";
import { queryOf } from "../request-hints.ts";
import { auditQuery, auditToBody } from "../schemas/audit.ts";

/** `GET /audit`: what was done, by whom and from where, the newest first. */
export async function listAuditRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  const { before = null, limit } = parse(auditQuery, queryOf(call.request));
  return answer(auditToBody(await listAudit(tenant.id, { before, limit }, call.parts), limit));
}
