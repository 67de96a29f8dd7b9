import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { FillGateObject } from "../../../src/consumer/gate.ts";
import { keyText } from "../../../src/core/entry-key.ts";
import { CLAIM_TIMES, type Claim, DONE_MEMORY_MS, FENCE_MEMORY_MS } from "../../../src/core/fills/claims.ts";
import { newKey } from "../../contracts/keys.ts";

const newShard = () => env.FILL_GATE.getByName(crypto.randomUUID());
type Shard = ReturnType<typeof newShard>;

/** What the shard's database holds, by key text, and when its alarm goes off. */
async function look(shard: Shard) {
  return await runInDurableObject(shard, async (_: FillGateObject, { storage }) => {
    const rows = storage.sql.exec<Record<string, SqlStorageValue>>("select * from claims").toArray();
    const claims = new Map(rows.map(({ key, ...claim }) => [String(key), claim as Claim]));
    return { claims, alarm: await storage.getAlarm() };
  });
}

const rewind = async (shard: Shard, ms: number) => {
  await runInDurableObject(shard, (_: FillGateObject, { storage }) => {
    storage.sql.exec("update claims set until = until - ?", ms);
  });
  await evictDurableObject(shard);
};

test("claims outlive the object's memory", async () => {
  const [shard, key] = [newShard(), newKey()];
  const fence = (await shard.claim(key)) ?? Number.NaN;
  await evictDurableObject(shard);
  expect(await shard.claim(key)).toBeNull();
  expect(await shard.begin(key, fence, "g1")).toBe("begun");
  await evictDurableObject(shard);
  expect(await shard.begin(key, fence, "g2")).toBe("busy");
  expect(await shard.renew(key, fence, "g1")).toBe(true);
});

test("a purge's fence outlives the object's memory", async () => {
  const [shard, key] = [newShard(), newKey()];
  const { fence } = await shard.revoke(key);
  await evictDurableObject(shard);
  expect(await shard.claim(key)).toBeGreaterThan(fence);
});

test("the alarm is set to the earliest claim", async () => {
  const [shard, first, second] = [newShard(), newKey(), newKey()];
  const began = Date.now();
  await shard.revoke(first);
  expect((await look(shard)).alarm).toBeCloseTo(began + FENCE_MEMORY_MS, -3);
  const fence = (await shard.claim(second)) ?? Number.NaN;
  expect((await look(shard)).alarm).toBeCloseTo(began + CLAIM_TIMES.queuedMs, -3);
  await shard.finish(second, fence);
  expect((await look(shard)).alarm).toBeCloseTo(began + DONE_MEMORY_MS, -3);
});

test("the alarm frees dead holders, and comes back when the next is due", async () => {
  const [shard, dead, alive] = [newShard(), newKey(), newKey()];
  const fence = await shard.claim(dead);
  await rewind(shard, CLAIM_TIMES.queuedMs + 1);
  await shard.claim(alive);
  expect(await runDurableObjectAlarm(shard)).toBe(true);
  const { claims, alarm } = await look(shard);
  expect(claims.get(keyText(dead))).toMatchObject({ state: "free", fence });
  expect(claims.get(keyText(alive))).toMatchObject({ state: "queued" });
  expect(alarm).toBe(claims.get(keyText(alive))?.until);
});

test("the alarm forgets old fences, and sleeps when there is nothing left", async () => {
  const [shard, key] = [newShard(), newKey()];
  const finished = newKey();
  await shard.revoke(key);
  await shard.finish(finished, (await shard.claim(finished)) ?? Number.NaN);
  await rewind(shard, FENCE_MEMORY_MS + 1);
  await runDurableObjectAlarm(shard);
  expect(await look(shard)).toEqual({ claims: new Map(), alarm: null });
  expect(await shard.claim(key)).not.toBeNull();
});
