import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { revokeLinks } from "../../../src/app/revoke-links.ts";
import { cachedCopyName } from "../../../src/core/cached-copy.ts";
import { isRevoked, purgeShard } from "../../../src/core/withdrawals.ts";
import { knownWithdrawals } from "../../../src/platform/cloudflare/known-withdrawals.ts";
import { durableWithdrawals } from "../../../src/platform/cloudflare/withdrawals.ts";
import { KNOWN_FOR_MS, type KnownWithdrawals, WITHDRAWN_AFTER_MS } from "../../../src/ports/withdrawals.ts";
import { newKey, newTenant } from "../../contracts/keys.ts";
import { NOON } from "../../core/samples.ts";
import { fakeAuditLog } from "../../fakes/audit-log.ts";
import { fakeClock } from "../../fakes/clock.ts";

const BY = { actor: "tenant", address: null, requestId: "request-1" } as const;
/** Everywhere that one tenant's downloads are served. */
const ISOLATES = 20;

/** Isolates with memories of their own, one clock, and the tenant's real object behind them. */
function isolates() {
  const [log, clock, tenant] = [durableWithdrawals(env.WITHDRAWALS), fakeClock(NOON), newTenant()];
  const everywhere = Array.from({ length: ISOLATES }, () => knownWithdrawals(log, clock, () => {}));
  const [one] = everywhere as [KnownWithdrawals];
  const revoke = () =>
    revokeLinks(tenant, BY, {
      ...{ audit: fakeAuditLog(), clock, report: () => {} },
      withdrawals: { ...log, ...one },
      pause: async (ms) => clock.advance(ms),
    });
  return { log, clock, tenant, everywhere, one, revoke };
}

describe("once links are revoked", () => {
  test("no isolate goes on with the old epoch, whenever it had asked before", async () => {
    const { clock, tenant, everywhere, revoke } = isolates();
    for (const isolate of everywhere) {
      await isolate.find(tenant);
      clock.advance(Math.floor(KNOWN_FOR_MS / ISOLATES));
    }
    expect(everywhere.filter((isolate) => isolate.known(tenant)?.epoch === 0).length).toBeGreaterThan(ISOLATES / 2);
    const epoch = await revoke();
    for (const isolate of everywhere) expect([null, epoch]).toContain(isolate.known(tenant)?.epoch ?? null);
    const found = await Promise.all(everywhere.map((isolate) => isolate.find(tenant)));
    expect(found.map((withdrawals) => isRevoked({ epoch: 0 }, withdrawals))).toEqual(everywhere.map(() => true));
    expect(found.map((withdrawals) => isRevoked({ epoch }, withdrawals))).toEqual(everywhere.map(() => false));
  });

  test("not even one that asks at the very moment", async () => {
    const { clock, tenant, everywhere, log } = isolates();
    const asking = everywhere.map((isolate) => isolate.find(tenant));
    const revoked = log.revokeLinks(tenant);
    await Promise.all([...asking, revoked]);
    clock.advance(WITHDRAWN_AFTER_MS);
    for (const isolate of everywhere) expect((await isolate.find(tenant)).epoch).toBe(1);
  });

  test("the isolate that did it knows at once", async () => {
    const { tenant, one, revoke } = isolates();
    await one.find(tenant);
    await revoke();
    expect(one.known(tenant)).toBeNull();
    expect((await one.find(tenant)).epoch).toBe(1);
  });

  test("links that are made afterwards count, until the next time", async () => {
    const { tenant, one, revoke } = isolates();
    await revoke();
    const link = { epoch: (await one.find(tenant)).epoch };
    expect(isRevoked(link, await one.find(tenant))).toBe(false);
    await revoke();
    expect(isRevoked(link, await one.find(tenant))).toBe(true);
  });
});

test("once a purge is noted, no isolate asks a cache by the old name", async () => {
  const { log, clock, tenant, everywhere } = isolates();
  const key = newKey(tenant);
  const names = async () => {
    const all = await Promise.all(everywhere.map((isolate) => isolate.find(tenant)));
    return new Set(all.map((withdrawals) => cachedCopyName(key, "generation-1", withdrawals)));
  };
  const before = await names();
  clock.advance(KNOWN_FOR_MS / 2);
  await log.notePurges(tenant, [purgeShard(key)]);
  clock.advance(WITHDRAWN_AFTER_MS);
  const after = await names();
  expect([before.size, after.size]).toEqual([1, 1]);
  expect([...after].filter((name) => before.has(name))).toEqual([]);
});
