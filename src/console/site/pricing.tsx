import { bytes, count } from "../format/numbers.ts";
import { page } from "../frame/answer.ts";
import type { Call } from "../frame/call.ts";
import { SiteLayout } from "../frame/site-layout.tsx";
import { Empty } from "../parts/empty.tsx";
import type { PlanOffer } from "./plan-offers.ts";

/** `GET /pricing`. */
export async function pricing(call: Call): Promise<Response> {
  const { plans, payment } = call.parts;
  return page(
    call,
    <SiteLayout call={call} title="Prices" description="Plans and what is in them.">
      <h1>Prices</h1>
      <p class="lead">
        No plan ever stands in the way of a download: past a limit of the free plan, links simply lead to your bucket
        until the month ends.
      </p>
      {plans ? (
        <ul class="plans">
          {plans.map((plan) => (
            <li key={plan.id} class="plan">
              <Plan plan={plan} />
            </li>
          ))}
        </ul>
      ) : (
        <Empty title="This deployment has no plans">
          <p>Whoever runs it decides who may use it, and for how much.</p>
        </Empty>
      )}
      {plans && !payment && (
        <p class="notice">Payment is off in this deployment: nobody is charged, and plans are given by the operator.</p>
      )}
      <p class="muted">
        What your bucket's provider and the platform charge is shown to you day by day.{" "}
        <a href="/calculator">Calculate</a> what that would be.
      </p>
    </SiteLayout>,
  );
}

function Plan({ plan }: { plan: PlanOffer }) {
  const { name, priceCents, hard, limits } = plan;
  return (
    <>
      <h2>{name}</h2>
      <p class="plan-price">
        {priceCents === null ? "As agreed" : `$${count(priceCents / 100)}`}{" "}
        {priceCents !== null && <small>a month</small>}
      </p>
      <ul>
        <li>{limits.requests === null ? "Any number of requests" : `${count(limits.requests)} requests a month`}</li>
        <li>{limits.deliveredBytes === null ? "Any delivery" : `${bytes(limits.deliveredBytes)} delivered a month`}</li>
        <li>{limits.storedBytes === null ? "Any storage" : `${bytes(limits.storedBytes)} stored`}</li>
        <li>
          {limits.maxObjectBytes === null ? "Files of any size" : `Files of up to ${bytes(limits.maxObjectBytes)}`}
        </li>
        <li>
          {each(limits.keys, "API key")}, {each(limits.domains, "domain")}, {each(limits.members, "member")}
        </li>
      </ul>
      <p class="muted">
        {hard ? "Past a limit, downloads go to your bucket." : "Past a limit, what is more is charged."}
      </p>
      <p>
        <a class={priceCents === 0 ? "button" : "button quiet"} href="/sign-up">
          {priceCents === 0 ? "Start for nothing" : `Start with ${name}`}
        </a>
      </p>
    </>
  );
}

function each(limit: number | null, one: string): string {
  if (limit === null) return `any ${one}s`;
  return `${count(limit)} ${one}${limit === 1 ? "" : "s"}`;
}
