import * as z from "zod";
import { managed } from "../app/authenticate.ts";
import type { AuditBy } from "../core/audit.ts";
import type { Tenant } from "../core/tenant.ts";
import type { ManagementParts } from "./compose-management.ts";
import type { Call } from "./methods.ts";
import { parse, readJson } from "./parse.ts";
import { siteParameter, tenantHint } from "./request-hints.ts";

/** A body of settings: fifty keys with room to spare. */
const MAX_BODY_BYTES = 64 * 1024;
const nothing = z.strictObject({});

/** What the handler of a management call gets. */
export type ManagementCall = Call<ManagementParts>;

/** Whom a management call is about: the tenant of its API key; for an operator's key the one that the call names. */
export async function tenantOf(call: ManagementCall): Promise<Tenant> {
  return (await callerOf(call)).tenant;
}

/** As {@link tenantOf}, and who calls, as what they change is written down. */
export async function callerOf({
  request,
  requestId,
  parts,
}: ManagementCall): Promise<{ tenant: Tenant; by: AuditBy }> {
  const hint = tenantHint(request, siteParameter(request));
  const { tenant, role } = await managed(request.headers.get("Authorization"), hint, parts);
  return { tenant, by: { actor: role, address: hint.address, requestId } };
}

/** The call's body. Throws 413 for one that is too large, 400 when it is no JSON. */
export async function jsonOf({ request }: ManagementCall): Promise<unknown> {
  return await readJson(request, MAX_BODY_BYTES);
}

/** The call's body in the schema's shape. Throws as {@link jsonOf}, and 400 naming the field that is wrong. */
export async function bodyOf<Schema extends z.ZodType>(call: ManagementCall, schema: Schema): Promise<z.infer<Schema>> {
  return parse(schema, await jsonOf(call));
}

/** For calls that take no body: throws 400 for one that says something all the same. */
export async function expectNoBody(call: ManagementCall): Promise<void> {
  if (call.request.body !== null && call.request.headers.get("Content-Length") !== "0") await bodyOf(call, nothing);
}

/** An answer that nobody may keep: some of what is in one is shown this once. */
export function answer(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}
