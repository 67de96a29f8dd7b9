import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { FillSlotsObject } from "../../src/consumer/slots.ts";
import { FORGOTTEN_MS, SLOT_TIMES, type Slots } from "../../src/core/fills/slots.ts";
import { durableSlots, type SlotsNamespace } from "../../src/platform/cloudflare/fill-slots.ts";
import { fillSlotsContract } from "./fill-slots.contract.ts";

declare global {
  namespace Cloudflare {
    interface Env {
      readonly FILL_SLOTS: SlotsNamespace;
    }
  }
}

const { leaseMs } = SLOT_TIMES;

// The objects live in the test's isolate and read its clock: minutes pass without anybody waiting for them.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
});
afterEach(() => {
  vi.useRealTimers();
});
const pass = (ms: number) => {
  vi.setSystemTime(Date.now() + ms);
};

fillSlotsContract("Durable Objects", () => ({
  slots: durableSlots(env.FILL_SLOTS),
  leaseMs,
  now: () => Date.now(),
  pass,
}));

const newName = () => `tenant:${crypto.randomUUID()}`;
const wish = (name: string, holder: string) => ({ name, holder, limit: 1, deadline: null });

/** What the storage of a name holds, behind the object's back. */
async function kept(name: string): Promise<Slots | undefined> {
  return await runInDurableObject(env.FILL_SLOTS.getByName(name), (_: FillSlotsObject, { storage }) =>
    storage.kv.get<Slots>("slots"),
  );
}

test("places, turns and a back-off outlive the object's memory", async () => {
  const [slots, name] = [durableSlots(env.FILL_SLOTS), newName()];
  await slots.take(wish(name, "a"));
  await slots.take(wish(name, "b"));
  await evictDurableObject(env.FILL_SLOTS.getByName(name));
  expect(await slots.take(wish(name, "a"))).toBeNull();
  expect(await slots.take(wish(name, "c"))).not.toBeNull();
  await slots.giveBack(name, "a");
  await evictDurableObject(env.FILL_SLOTS.getByName(name));
  expect(await slots.take(wish(name, "c"))).not.toBeNull();
  await slots.backOff(name, leaseMs);
  await evictDurableObject(env.FILL_SLOTS.getByName(name));
  expect(await slots.take(wish(name, "b"))).toBeGreaterThanOrEqual(leaseMs);
});

test("a holder that asks often is written once in half a lease", async () => {
  const [slots, name] = [durableSlots(env.FILL_SLOTS), newName()];
  await slots.take(wish(name, "a"));
  const first = await kept(name);
  pass(leaseMs / 2);
  await slots.take(wish(name, "a"));
  expect(await kept(name)).toEqual(first);
  pass(1);
  await slots.take(wish(name, "a"));
  expect(await kept(name)).not.toEqual(first);
});

test("with the last holder and waiter the storage goes, and the name may be used again", async () => {
  const [slots, name] = [durableSlots(env.FILL_SLOTS), newName()];
  for (let round = 0; round < 3; round++) {
    await slots.take(wish(name, "a"));
    await slots.take(wish(name, "b"));
    await slots.giveBack(name, "a");
    expect(await kept(name)).toMatchObject({ holders: [], waiters: [{ holder: "b" }] });
    await slots.giveBack(name, "b");
    expect(await kept(name)).toBeUndefined();
  }
});

test("the storage goes with the last holder, though a waiter never came back", async () => {
  const [slots, name] = [durableSlots(env.FILL_SLOTS), newName()];
  await slots.take(wish(name, "a"));
  const wait = (await slots.take(wish(name, "lost"))) ?? Number.NaN;
  pass(wait + FORGOTTEN_MS);
  await slots.giveBack(name, "a");
  expect(await kept(name)).toBeUndefined();
});

test("many who come and go at once never have more places than there are", async () => {
  const [slots, name] = [durableSlots(env.FILL_SLOTS), newName()];
  let [inside, most] = [0, 0];
  const come = async (holder: string) => {
    if ((await slots.take({ ...wish(name, holder), limit: 3 })) !== null) return;
    most = Math.max(most, ++inside);
    inside--;
    await slots.giveBack(name, holder);
  };
  await Promise.all(Array.from({ length: 40 }, (_, at) => come(`holder-${at}`)));
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(3);
});

test("a call that does not reach its object rejects, and leaves it to the caller to go on", async () => {
  const unreachable = {
    getByName: () => {
      throw new Error("overloaded");
    },
  } as unknown as SlotsNamespace;
  const slots = durableSlots(unreachable);
  await expect(slots.take(wish("tenant:acme", "a"))).rejects.toThrow("overloaded");
  await expect(slots.giveBack("tenant:acme", "a")).rejects.toThrow("overloaded");
  await expect(slots.backOff("tenant:acme", 1)).rejects.toThrow("overloaded");
});
