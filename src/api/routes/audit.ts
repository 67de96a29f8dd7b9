import { listAudit } from "../../app/audit.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { answer, bodyOf, callerOf, type ManagementCall, tenantOf } from "../management.ts";
import { parse } from "../parse.ts";
import { queryOf } from "../request-hints.ts";
import { auditNote, auditQuery, auditToBody } from "../schemas/audit.ts";

/** `GET /audit`: what was done, by whom and from where, the newest first. */
export async function listAuditRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "audit:read");
  const query = parse(auditQuery, queryOf(call.request));
  const { before = null, limit, action = null, who = null, since, until } = query;
  const at = (text: string | undefined) => (text === undefined ? null : Date.parse(text));
  const filter = { action, who, since: at(since), until: at(until) };
  return answer(auditToBody(await listAudit(tenant.id, { before, limit, filter }, call.parts), limit));
}

/** `POST /audit`: what the console has changed by itself, which is told by nobody else: people, money. */
export async function noteAuditRoute(call: ManagementCall): Promise<Response> {
  // Whatever the person may do: the console has let them, and says so.
  const { identity, record } = await callerOf(call, "usage:read");
  if (identity.who.by !== "person") throw new SnapbyteError("INSUFFICIENT_SCOPE", "Only the console may do this.");
  const { action, detail } = await bodyOf(call, auditNote);
  await record(action, detail);
  return answer({ action, status: "noted" }, 201);
}
