/** What the console needs of whoever takes money: one port, in our words. src/console/stripe/ stands behind it. */

export type Invoice = {
  readonly id: string;
  readonly number: string | null;
  /** ISO 8601. */
  readonly at: string;
  readonly cents: number;
  readonly currency: string;
  readonly state: "draft" | "open" | "paid" | "void" | "uncollectible";
  /** Where it can be seen and paid; `null`: nowhere yet. */
  readonly url: string | null;
};

/** What a tenant has bought. */
export type Bought = {
  /** `pending`: its first payment is under way; `late`: a payment has failed and is tried again; `ended`: it is over. */
  readonly state: "pending" | "active" | "late" | "ended";
  /** ISO 8601. `null`: not known. */
  readonly paidUntil: string | null;
  /** ISO 8601. `null`: it goes on. */
  readonly endsAt: string | null;
};

/** What a person does throws ApiProblem in words for them when it cannot be done. */
export type Payment = {
  /** `null`: nothing so far. */
  bought(tenant: string): Promise<Bought | null>;
  /** A tenant's invoices, the newest first. */
  invoices(tenant: string): Promise<readonly Invoice[]>;
  /**
   * Where a person chooses how to pay for a plan; comes back to `back`. `null`: the tenant pays already, and its plan is
   * being changed.
   */
  checkout(wish: { tenant: string; plan: string; email: string; back: string }): Promise<string | null>;
  /** Where a person changes cards and addresses, or ends what they pay; comes back to `back`. `null`: never has paid. */
  portal(wish: { tenant: string; back: string }): Promise<string | null>;
  /** Answers whoever takes the money, who tells what has happened. Never rejects. */
  hear(request: Request): Promise<Response>;
  /** Tells them what was used, once; as often as the clock says. */
  reportUsage(): Promise<void>;
};

/** Where they tell it: signed, and from no browser. */
export const HEARING_PATH = "/webhooks/stripe";
