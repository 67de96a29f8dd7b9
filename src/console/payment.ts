/** What the console needs of whoever takes money: one port, in our words. */

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

export type Payment = {
  /** A tenant's invoices, the newest first. */
  invoices(tenant: string): Promise<readonly Invoice[]>;
  /** Where a person chooses how to pay for a plan; comes back to `back`. */
  checkout(wish: { tenant: string; plan: string; email: string; back: string }): Promise<string>;
  /** Where a person changes cards and addresses; comes back to `back`. `null`: the tenant has never paid. */
  portal(wish: { tenant: string; back: string }): Promise<string | null>;
};
