import { describe, expect, test } from "vitest";
import { NOTHING_WITHDRAWN, PURGE_SHARDS } from "../../src/core/withdrawals.ts";
import type { WithdrawalLog } from "../../src/ports/withdrawals.ts";
import { newTenant } from "./keys.ts";

const zeros = () => new Array<number>(PURGE_SHARDS).fill(0);

export function withdrawalsContract(title: string, make: () => WithdrawalLog): void {
  describe(`WithdrawalLog: ${title}`, () => {
    test("a tenant that never withdrew anything has withdrawn nothing", async () => {
      expect(await make().read(newTenant())).toEqual(NOTHING_WITHDRAWN);
    });

    test("each revocation raises the epoch, and says to what", async () => {
      const [log, tenant] = [make(), newTenant()];
      expect(await log.revokeLinks(tenant)).toBe(1);
      expect(await log.revokeLinks(tenant)).toBe(2);
      expect(await log.read(tenant)).toEqual({ epoch: 2, purges: zeros(), purgedAt: 0 });
    });

    test("many revocations at once have an epoch each", async () => {
      const [log, tenant] = [make(), newTenant()];
      const epochs = await Promise.all(Array.from({ length: 20 }, () => log.revokeLinks(tenant)));
      expect(new Set(epochs).size).toBe(20);
      expect((await log.read(tenant)).epoch).toBe(20);
    });

    test("a purge raises the numbers of its shards, once each, and no other", async () => {
      const [log, tenant] = [make(), newTenant()];
      await log.notePurges(tenant, [0, 63, 63, 7]);
      await log.notePurges(tenant, [7]);
      const { epoch, purges } = await log.read(tenant);
      expect(epoch).toBe(0);
      expect(purges).toEqual(zeros().map((_, shard) => ({ 0: 1, 7: 2, 63: 1 })[shard] ?? 0));
    });

    test("a purge of no shard, or of one that there is not, changes nothing", async () => {
      const [log, tenant] = [make(), newTenant()];
      await log.notePurges(tenant, []);
      await log.notePurges(tenant, [PURGE_SHARDS, -1]);
      expect(await log.read(tenant)).toEqual(NOTHING_WITHDRAWN);
    });

    test("the latest moment of asking for a purge stays, whatever else is withdrawn", async () => {
      const [log, tenant] = [make(), newTenant()];
      await log.notePurging(tenant, 2_000);
      await log.notePurging(tenant, 1_000);
      await log.notePurges(tenant, [1]);
      await log.revokeLinks(tenant);
      expect(await log.read(tenant)).toMatchObject({ purgedAt: 2_000, epoch: 1 });
      expect(await log.read(newTenant())).toEqual(NOTHING_WITHDRAWN);
    });

    test("revocations and purges do not stand in each other's way", async () => {
      const [log, tenant] = [make(), newTenant()];
      await Promise.all([log.revokeLinks(tenant), log.notePurges(tenant, [5]), log.revokeLinks(tenant)]);
      const { epoch, purges } = await log.read(tenant);
      expect([epoch, purges[5]]).toEqual([2, 1]);
    });

    test("what one tenant withdraws is nothing to another", async () => {
      const [log, one, other] = [make(), newTenant(), newTenant()];
      await log.revokeLinks(one);
      await log.notePurges(one, [3]);
      expect(await log.read(other)).toEqual(NOTHING_WITHDRAWN);
      expect(await log.revokeLinks(other)).toBe(1);
    });

    test("what was read before is not what is changed", async () => {
      const [log, tenant] = [make(), newTenant()];
      const before = await log.read(tenant);
      await log.revokeLinks(tenant);
      await log.notePurges(tenant, [1]);
      expect(before).toEqual(NOTHING_WITHDRAWN);
    });
  });
}
