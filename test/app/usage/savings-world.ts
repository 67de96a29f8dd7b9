import type { TenantId } from "../../../src/core/tenant.ts";
import type { Counts } from "../../../src/core/usage/counters.ts";
import { batchOf, cellOf } from "../../contracts/usage-batches.ts";
import { NOON } from "../../core/samples.ts";
import { fakeAccounts, fakeMonthCounters } from "../../fakes/accounts.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { fakeEntryLedger } from "../../fakes/entry-ledger.ts";
import { fakeOriginPrices } from "../../fakes/origin-price-list.ts";
import { fakeStorageLedger } from "../../fakes/storage-ledger.ts";
import { fakeUsageLedger } from "../../fakes/usage-ledger.ts";
import { OTHER, settingsWorld } from "../settings/settings-world.ts";
import { ACME } from "../world.ts";

export { OTHER };

/** Two tenants, what they have used and stored, and what their origins charge. */
export async function savingsWorld() {
  const clock = fakeClock(NOON);
  const { settings, reports, report } = settingsWorld();
  const stored = new Map<TenantId, number>();
  const usageLedger = fakeUsageLedger({ entries: fakeEntryLedger() });
  const accounts = fakeAccounts(clock);
  for (const { id, site } of [ACME, OTHER]) {
    await accounts.add({ id, site, name: site, plan: "free", maxObjectBytes: null });
  }
  return {
    ...{ clock, settings, reports, report, stored, usageLedger, accounts },
    storageLedger: fakeStorageLedger(() => stored),
    originPrices: fakeOriginPrices(settings),
    counters: fakeMonthCounters(),
    /** A rule of the tenant's whose origin charges so much for a GB; its id. */
    async priced(tenant: TenantId, per_gb: string | null, host = "files.example.com"): Promise<number> {
      const prices = per_gb && { own: { per_gb, per_million_requests: "0", gb: "decimal" as const } };
      const rule = await settings.addOriginRule(tenant, {
        ...{ scheme: "https", host, port: 443, pathPrefix: `/${per_gb}`, access: null, obeyPrivate: false, tags: [] },
        prices: prices || null,
      });
      return rule?.id ?? 0;
    },
    /** Something was counted at a moment. */
    async counted(tenant: TenantId, at: number, counts: Counts, rule: number | null = null): Promise<void> {
      await usageLedger.add([batchOf([cellOf(tenant, at, counts, rule)], at)]);
    },
  };
}
