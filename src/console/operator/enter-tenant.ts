import * as z from "zod";
import { goTo } from "../frame/answer.ts";
import type { OperatorCall } from "../frame/call.ts";
import { setCookie } from "../frame/cookies.ts";
import { apiOf, ENTERED, isTenantId, leaving, operatorOf } from "../frame/guards.ts";
import { NoSuchPage } from "../frame/no-such-page.ts";

/** How long an operator looks after a tenant before they have to say so again, in seconds. */
const HOUR_S = 3600;

/** Writes into the tenant's audit log that an operator has entered, then lets them in. Nothing is shown without the row. */
export async function enterTenant(call: OperatorCall, tenant: string): Promise<Response> {
  if (!isTenantId(tenant)) throw new NoSuchPage();
  const api = apiOf(call, call.person, operatorOf(tenant));
  await api.send("POST", "/audit", z.object({ status: z.string() }), { action: "operators.enter", detail: {} });
  return goTo(call, `/app/${encodeURIComponent(tenant)}/overview`, [setCookie(call.url, ENTERED, tenant, HOUR_S)]);
}

/** `POST /operator/leave`. */
export async function leaveTenant(call: OperatorCall): Promise<Response> {
  return goTo(call, "/operator/tenants", [leaving(call.url)]);
}
