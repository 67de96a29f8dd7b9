import { failure } from "./stripe-stand-in.ts";

export type Answer = { readonly status: number; readonly body: unknown; readonly isFinal?: boolean };
type Fields = Readonly<Record<string, unknown>>;
type Item = { readonly id: string; readonly price: string; readonly quantity?: number };

export type StandInSubscription = {
  readonly id: string;
  readonly customer: string;
  readonly status: string;
  readonly items: readonly Item[];
  readonly more?: Fields;
};

export type StripeObjects = {
  readonly customers: Map<string, Fields>;
  readonly subscriptions: Map<string, StandInSubscription>;
  readonly invoices: Fields[];
  readonly meterEvents: Fields[];
  answer(method: string, path: string, fields: Fields): Answer;
};

/** Seconds since the epoch: the beginning of a period, and its end. */
export const [PERIOD_START, PERIOD_END] = [1_795_089_600, 1_797_681_600];

/** Objects in the shapes that Stripe documents, as far as anything of ours looks at them. */
export function stripeObjects(): StripeObjects {
  const customers = new Map<string, Fields>();
  const subscriptions = new Map<string, StandInSubscription>();
  const invoices: Fields[] = [];
  const meterEvents: Fields[] = [];
  const done = (body: unknown): Answer => ({ status: 200, body });
  const missing = (what: string, id: string) =>
    failure(404, `No such ${what}: '${id}'`, "invalid_request_error", { code: "resource_missing", param: "id" });
  const list = (url: string, data: readonly unknown[]) => done({ object: "list", url, has_more: false, data });
  const isKnown = ({ customer }: Fields) => customers.has(String(customer));

  return {
    ...{ customers, subscriptions, invoices, meterEvents },
    answer(method, path, fields) {
      const [, , kind = "", id = ""] = path.split("/");
      switch (`${method} ${path.replace(/\/sub_\w+$/, "/{id}")}`) {
        case "POST /v1/customers": {
          const made = { id: `cus_${customers.size + 1}`, object: "customer", ...fields };
          customers.set(made.id, made);
          return done(made);
        }
        case "POST /v1/checkout/sessions": {
          if (!isKnown(fields)) return missing("customer", String(fields.customer));
          const session = { id: "cs_test_1", object: "checkout.session", ...fields, line_items: undefined };
          return done({ ...session, url: `https://checkout.stripe.com/c/pay/${session.id}` });
        }
        case "POST /v1/billing_portal/sessions": {
          if (!isKnown(fields)) return missing("customer", String(fields.customer));
          const session = { id: "bps_1", object: "billing_portal.session", ...fields };
          return done({ ...session, url: `https://billing.stripe.com/p/session/${session.id}` });
        }
        case "GET /v1/invoices":
          return list(
            path,
            invoices.filter(({ customer }) => customer === fields.customer).slice(0, Number(fields.limit)),
          );
        case "GET /v1/subscriptions/{id}": {
          const found = subscriptions.get(id);
          return found ? done(subscriptionBody(found)) : missing(kind, id);
        }
        case "POST /v1/subscriptions/{id}": {
          const found = subscriptions.get(id);
          if (!found) return missing(kind, id);
          const changed = { ...found, items: changedItems(found.items, fields.items as readonly Fields[]) };
          subscriptions.set(id, changed);
          return done(subscriptionBody(changed));
        }
        case "POST /v1/billing/meter_events":
          return meterEvent(fields);
        default:
          return failure(404, `Unrecognized request URL (${method}: ${path})`);
      }
    },
  };

  function meterEvent(fields: Fields): Answer {
    const { identifier, payload = {} } = fields;
    const { value, stripe_customer_id } = payload as Fields;
    if (!/^\d+$/.test(String(value))) return failure(400, "The value must be a whole number");
    if (!customers.has(String(stripe_customer_id))) return failure(400, "No such customer in this account");
    if (String(identifier).length > 100)
      return failure(400, "Invalid string: identifier must be at most 100 characters");
    if (meterEvents.some((event) => event.identifier === identifier)) {
      return failure(400, `An event already exists with identifier ${identifier}.`);
    }
    meterEvents.push(fields);
    return { status: 200, body: { object: "billing.meter_event", created: PERIOD_START, livemode: false, ...fields } };
  }
}

/** https://docs.stripe.com/api/subscriptions/object: periods are the items'. */
export function subscriptionBody({ id, customer, status, items, more = {} }: StandInSubscription): Fields {
  const data = items.map(({ id: item, price, quantity }) => ({
    ...{ id: item, object: "subscription_item", subscription: id, quantity },
    ...{ current_period_start: PERIOD_START, current_period_end: PERIOD_END },
    price: { id: price, object: "price", active: true, currency: "usd", type: "recurring" },
  }));
  return {
    ...{ id, object: "subscription", customer, status, currency: "usd", livemode: false, metadata: {} },
    ...{ cancel_at: null, cancel_at_period_end: false, canceled_at: null, ended_at: null, created: PERIOD_START },
    items: { object: "list", url: `/v1/subscription_items?subscription=${id}`, has_more: false, data },
    ...more,
  };
}

function changedItems(items: readonly Item[], changes: readonly Fields[] = []): readonly Item[] {
  const priceOf = (item: Item) => changes.find(({ id }) => id === item.id);
  const kept = items
    .filter((item) => priceOf(item)?.deleted !== "true")
    .map((item) => ({ ...item, price: String(priceOf(item)?.price ?? item.price) }));
  const added = changes.filter(({ id }) => id === undefined);
  return [...kept, ...added.map(({ price }, at) => ({ id: `si_new_${at}`, price: String(price) }))];
}
