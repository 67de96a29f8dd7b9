import { readAssertion } from "../../../src/core/people/assertion.ts";
import { KEYS } from "../stripe/payment-world.ts";
import { NOW } from "./api-data.ts";
import { problem } from "./api-replies.ts";

type Json = Readonly<Record<string, unknown>>;
type Report = { identifier: string; customer: string; meter: string; day: string; value: number };

export type BillingApi = {
  ask(request: Request): Promise<Response>;
  readonly billing: Map<string, { customer: string | null; subscription: Json | null }>;
  /** What was told of subscriptions, each event once. */
  readonly heard: Map<string, Json>;
  readonly reports: Report[];
  readonly settled: { readonly sent: readonly string[]; readonly refused: readonly string[] }[];
  held: number;
  /** Whether it answers at all. */
  isAway: boolean;
};

/** What the API keeps of payments, in memory, for the console itself and nobody else. */
export function fakeBillingApi(): BillingApi {
  const api: BillingApi = {
    ...{ billing: new Map(), heard: new Map(), reports: [], settled: [], held: 0, isAway: false },
    async ask(request) {
      const { pathname } = new URL(request.url);
      if (api.isAway) return problem(503, "UNAVAILABLE", "A part of the service is not reachable; try again.");
      const bearer = (request.headers.get("Authorization") ?? "").slice("Bearer ".length);
      const said = KEYS && readAssertion(KEYS, bearer, NOW);
      if (said?.role !== "service" || said.tenant !== null) return problem(403, "INSUFFICIENT_SCOPE", "Not you.");
      const text = await request.text();
      return answer(`${request.method} ${pathname}`, text ? JSON.parse(text) : {});
    },
  };
  return api;

  function answer(call: string, body: Json): Response {
    const [, method, tenant = ""] = /^(GET|PATCH) \/tenants\/([^/]+)\/billing$/.exec(call) ?? [];
    if (method) {
      const known = api.billing.get(tenant) ?? { customer: null, subscription: null };
      if (method === "PATCH") api.billing.set(tenant, { ...known, customer: known.customer ?? String(body.customer) });
      return Response.json(api.billing.get(tenant) ?? known);
    }
    switch (call) {
      case "POST /billing/events": {
        const id = String(body.id);
        const isKnown = [...api.billing.values()].some(({ customer }) => customer === body.customer);
        if (!isKnown) return Response.json({ outcome: "unknown", plan: null });
        if (api.heard.has(id)) return Response.json({ outcome: "again", plan: "pro" });
        api.heard.set(id, body);
        return Response.json({ outcome: "applied", plan: "pro" });
      }
      case "POST /billing/reports":
        return Response.json({ reports: api.reports, held: api.held });
      case "PATCH /billing/reports":
        api.settled.push(body as unknown as BillingApi["settled"][number]);
        return Response.json({ status: "settled" });
      default:
        return problem(404, "NOT_FOUND", "There is nothing at this address.");
    }
  }
}
