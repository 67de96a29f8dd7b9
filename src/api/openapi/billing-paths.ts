import { answer, body, error, type Json, managed, path, ref, security } from "./operation-parts.ts";

const tenant = path("id", "As GET /tenants lists it.");
const unknown = { 404: error("There is no such tenant.") };

function call(summary: string, takes: string | null, gives: string, more: Json = {}): Json {
  return {
    ...{ summary, security },
    ...(takes && { requestBody: body(ref(takes)) }),
    responses: { ...managed, 200: answer("Done.", gives), ...more },
  };
}

/** Who pays: told by the console, which hears it from whoever takes the money. */
export const billingPaths: Json = {
  "/tenants/{id}/billing": {
    get: {
      ...call("For operators and the console: what a tenant has bought", null, "Billing", unknown),
      parameters: [tenant],
    },
    patch: {
      ...call(
        "For the console: what a tenant is called by whoever takes the money; the first name stays",
        "BillingCustomer",
        "Billing",
        unknown,
      ),
      parameters: [tenant],
    },
  },
  "/billing/events": {
    post: call(
      "For the console: something has become of a subscription; each event counts once",
      "BillingEvent",
      "BillingHeard",
    ),
  },
  "/billing/reports": {
    post: call("For the console: usage of days that are over and was not told yet", "UsageReportWish", "UsageReports"),
    patch: call("For the console: which of them have arrived", "UsageReportsTold", "UsageReportsSettled"),
  },
};
