import type { OriginPriceList } from "../../src/ports/origin-price-list.ts";
import type { FakeTenantSettings } from "./tenant-settings.ts";

/** Tells what these settings keep, and of rules that are gone what they were. */
export function fakeOriginPrices({ kept }: Pick<FakeTenantSettings, "kept">): OriginPriceList {
  return {
    async of(tenants) {
      const known = tenants.flatMap((tenant) => {
        const { rules, removed, cnames } = kept.get(tenant) ?? { rules: [], removed: [], cnames: [] };
        const origins = [...rules, ...removed].map(({ id, host, prices }) => ({ id, host, prices }));
        return [[tenant, { origins, cnames: cnames.map(({ host, bucket }) => ({ host, bucket })) }] as const];
      });
      return new Map(known);
    },
  };
}
