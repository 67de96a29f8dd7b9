import * as z from "zod";
import { recordAudit } from "../app/audit.ts";
import { admitOperator, admitService } from "../app/people/admit-operator.ts";
import { auditBy, type Identity } from "../app/people/identify.ts";
import { managed } from "../app/people/managed.ts";
import type { AuditBy, AuditDetail } from "../core/audit.ts";
import type { Scope } from "../core/people/scopes.ts";
import type { Tenant, TenantId } from "../core/tenant.ts";
import type { ManagementParts } from "./compose-management.ts";
import type { Call } from "./methods.ts";
import { parse, readJson } from "./parse.ts";
import { clientAddress, siteParameter, tenantHint } from "./request-hints.ts";

/** A body of settings: fifty keys with room to spare. */
const MAX_BODY_BYTES = 64 * 1024;
const nothing = z.strictObject({});

/** What the handler of a management call gets. */
export type ManagementCall = Call<ManagementParts>;

/** Who calls and about whom; `record` writes down what they have changed. */
export type ManagementCaller = {
  readonly tenant: Tenant;
  readonly identity: Identity;
  readonly by: AuditBy;
  record(action: string, detail: AuditDetail): Promise<void>;
};

/** Whom a management call is about, once its caller may do what asks for the scope `needed`. Throws as `managed` does. */
export async function tenantOf(call: ManagementCall, needed: Scope): Promise<Tenant> {
  return (await callerOf(call, needed)).tenant;
}

/** As {@link tenantOf}, and who calls, as what they change is written down. */
export async function callerOf(call: ManagementCall, needed: Scope): Promise<ManagementCaller> {
  const { request, requestId, parts } = call;
  const hint = tenantHint(request, siteParameter(request));
  const { tenant, identity } = await managed(request.headers.get("Authorization"), hint, needed, parts);
  const by = auditBy(identity, requestId);
  const record = (action: string, detail: AuditDetail) => recordAudit(tenant.id, by, action, detail, parts);
  return { tenant, identity, by, record };
}

/** For calls that are about no one tenant: throws 401 for nobody, 403 for who is no operator (`orService`: nor the console). */
export async function operatorOf({ request, requestId, parts }: ManagementCall, more?: { orService: boolean }) {
  const identity = await admitOperator(request.headers.get("Authorization"), clientAddress(request), parts, more);
  return recorder(identity, requestId, parts);
}

/** For calls that only the console itself makes: throws 401 for nobody, 403 for who is not it. */
export async function serviceOf({ request, requestId, parts }: ManagementCall): Promise<AuditBy> {
  const identity = await admitService(request.headers.get("Authorization"), clientAddress(request), parts);
  return auditBy(identity, requestId);
}

/** Writes down what this caller has changed of a tenant. */
export function recorder(identity: Identity, requestId: string, parts: ManagementParts) {
  const by = auditBy(identity, requestId);
  return (tenant: TenantId, action: string, detail: AuditDetail) => recordAudit(tenant, by, action, detail, parts);
}

/** The call's body. Throws 413 for one that is too large, 400 when it is no JSON. */
export async function jsonOf({ request }: ManagementCall): Promise<unknown> {
  return await readJson(request, MAX_BODY_BYTES);
}

/** The call's body in the schema's shape. Throws as {@link jsonOf}, and 400 naming the field that is wrong. */
export async function bodyOf<Schema extends z.ZodType>(call: ManagementCall, schema: Schema): Promise<z.infer<Schema>> {
  return parse(schema, await jsonOf(call));
}

/** Whether a call says nothing in a body. */
export function hasNoBody({ request: { body, headers } }: ManagementCall): boolean {
  return body === null || headers.get("Content-Length") === "0";
}

/** For calls that take no body: throws 400 for one that says something all the same. */
export async function expectNoBody(call: ManagementCall): Promise<void> {
  if (!hasNoBody(call)) await bodyOf(call, nothing);
}

/** An answer that nobody may keep: some of what is in one is shown this once. */
export function answer(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}
