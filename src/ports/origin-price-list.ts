import type { PricedOrigin } from "../core/pricing/origin-prices.ts";
import type { BucketCname, TenantId } from "../core/tenant.ts";

/** What the prices of a tenant's traffic depend on. */
export type TenantOrigins = {
  /** Its allow-list, and the lines of it that are gone: what came by them was paid for. */
  readonly origins: readonly PricedOrigin[];
  readonly cnames: readonly BucketCname[];
};

/** By what tenants' traffic is put into money. Who has neither rules nor CNAMEs may be missing. Has no time budget. */
export type OriginPriceList = {
  of(tenants: readonly TenantId[]): Promise<ReadonlyMap<TenantId, TenantOrigins>>;
};
