import { fakeAccounts, fakeMonthCounters } from "../../fakes/accounts.ts";
import { OTHER, settingsWorld } from "../settings/settings-world.ts";
import { ACME } from "../world.ts";

/** Two tenants under the first plan, and what they have used: nothing yet. */
export async function plansWorld() {
  const world = settingsWorld();
  const accounts = fakeAccounts(world.clock);
  for (const { id, site } of [ACME, OTHER]) {
    await accounts.add({ id, site, name: site, plan: "free", maxObjectBytes: 1e9 });
  }
  let ids = 0;
  return { ...world, accounts, counters: fakeMonthCounters(), newId: () => `tenant-${++ids}` };
}

export const MUCH = { requests: 2_000_000, deliveredBytes: 0, storedBytes: 0 };
