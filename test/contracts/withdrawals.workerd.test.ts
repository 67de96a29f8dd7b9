import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { WithdrawalsObject } from "../../src/consumer/withdrawals.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import { durableWithdrawals, type WithdrawalsNamespace } from "../../src/platform/cloudflare/withdrawals.ts";
import { newTenant } from "./keys.ts";
import { withdrawalsContract } from "./withdrawals.contract.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      readonly WITHDRAWALS: WithdrawalsNamespace;
    }
  }
}

const log = durableWithdrawals(env.WITHDRAWALS);

withdrawalsContract("Durable Objects", () => log);

/** What the storage of a tenant's object holds, behind the object's back. */
async function kept(tenant: TenantId): Promise<unknown> {
  return await runInDurableObject(env.WITHDRAWALS.getByName(tenant), (_: WithdrawalsObject, { storage }) => [
    ...storage.kv.list(),
  ]);
}

test("what was withdrawn outlives the object's memory", async () => {
  const tenant = newTenant();
  await log.revokeLinks(tenant);
  await log.notePurges(tenant, [9]);
  await evictDurableObject(env.WITHDRAWALS.getByName(tenant));
  const { epoch, purges } = await log.read(tenant);
  expect([epoch, purges[9]]).toEqual([1, 1]);
  expect(await log.revokeLinks(tenant)).toBe(2);
});

test("nothing is written for a tenant that is only read", async () => {
  const tenant = newTenant();
  await log.read(tenant);
  await log.notePurges(tenant, []);
  expect(await kept(tenant)).toEqual([]);
  await log.revokeLinks(tenant);
  expect(await kept(tenant)).toEqual([["withdrawals", await log.read(tenant)]]);
});

test("what the storage refused is not in memory either", async () => {
  const tenant = newTenant();
  const revoked = runInDurableObject(env.WITHDRAWALS.getByName(tenant), async (object: WithdrawalsObject, ctx) => {
    const { put } = ctx.storage.kv;
    ctx.storage.kv.put = () => {
      throw new Error("the disk is full");
    };
    try {
      return await object.revokeLinks(tenant).catch((error: Error) => error.message);
    } finally {
      ctx.storage.kv.put = put;
    }
  });
  expect(await revoked).toBe("the disk is full");
  expect((await log.read(tenant)).epoch).toBe(0);
});

test("a call that does not reach its object rejects, and leaves it to the caller to go on", async () => {
  const unreachable = {
    getByName: () => {
      throw new Error("overloaded");
    },
  } as unknown as WithdrawalsNamespace;
  const away = durableWithdrawals(unreachable);
  const tenant = newTenant();
  await expect(away.read(tenant)).rejects.toThrow("overloaded");
  await expect(away.revokeLinks(tenant)).rejects.toThrow("overloaded");
  await expect(away.notePurges(tenant, [1])).rejects.toThrow("overloaded");
});
