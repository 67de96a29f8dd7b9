import { bindCustomer, describeBilling } from "../../app/billing/billing.ts";
import { hearBilling } from "../../app/billing/hear-event.ts";
import { claimReports, settleReports } from "../../app/billing/usage-reports.ts";
import { answer, bodyOf, type ManagementCall, operatorOf, serviceOf } from "../management.ts";
import {
  billingEvent,
  billingEventOf,
  billingToBody,
  customerWish,
  reportsTold,
  reportWish,
} from "../schemas/billing.ts";
import { tenantIdOf } from "./tenants.ts";

/** `GET /tenants/{id}/billing`: what whoever takes the money knows of a tenant. */
export async function describeBillingRoute(call: ManagementCall): Promise<Response> {
  await operatorOf(call, { orService: true });
  return answer(billingToBody(await describeBilling(tenantIdOf(call), call.parts)));
}

/** `PATCH /tenants/{id}/billing`: what the tenant is called over there. The first name stays. */
export async function bindCustomerRoute(call: ManagementCall): Promise<Response> {
  await serviceOf(call);
  const { customer } = await bodyOf(call, customerWish);
  return answer(billingToBody(await bindCustomer(tenantIdOf(call), customer, call.parts)));
}

/** `POST /billing/events`: something has become of a subscription; each event counts once. */
export async function hearBillingRoute(call: ManagementCall): Promise<Response> {
  const by = await serviceOf(call);
  const body = await bodyOf(call, billingEvent);
  return answer(await hearBilling(body.customer, billingEventOf(body), by, call.parts));
}

/** `POST /billing/reports`: what has to be told of usage that was not told yet. */
export async function claimReportsRoute(call: ManagementCall): Promise<Response> {
  await serviceOf(call);
  const { meters } = await bodyOf(call, reportWish);
  const { due, held } = await claimReports(meters, call.parts);
  return answer({ reports: due, held });
}

/** `PATCH /billing/reports`: which of them have arrived. */
export async function settleReportsRoute(call: ManagementCall): Promise<Response> {
  await serviceOf(call);
  await settleReports(await bodyOf(call, reportsTold), call.parts);
  return answer({ status: "settled" });
}
