import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import type { FillGateObject } from "../../../src/consumer/gate.ts";
import { objectKey } from "../../../src/core/entry.ts";
import { type EntryKey, keyText } from "../../../src/core/entry-key.ts";
import { DONE_MEMORY_MS, FENCE_MEMORY_MS } from "../../../src/core/fills/claim-memory.ts";
import { CLAIM_TIMES } from "../../../src/core/fills/claims.ts";
import { newKey } from "../../contracts/keys.ts";
import { offerOf, partOf, planOf } from "../../core/fills/claiming.ts";

const newShard = () => env.FILL_GATE.getByName(crypto.randomUUID());
type Shard = ReturnType<typeof newShard>;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

afterEach(() => {
  vi.restoreAllMocks();
});

/** The shard's clock is ours: both run in one isolate. */
function pass(ms: number): void {
  const now = Date.now() + ms;
  vi.spyOn(Date, "now").mockReturnValue(now);
}

/** What the shard's database holds, and when its alarm goes off. */
async function look(shard: Shard) {
  return await runInDurableObject(shard, async (_: FillGateObject, { storage }) => {
    const column = (query: string) => [...storage.sql.exec<{ key: string }>(query)].map(({ key }) => key);
    return {
      fills: column("select key from fills"),
      parts: column("select key from parts"),
      litter: column("select key from litter"),
      alarm: await storage.getAlarm(),
    };
  });
}

/** An entry that somebody claimed, and the one who fills it. */
async function filling(shard: Shard) {
  const key = newKey();
  const fence = (await shard.claim(key, offerOf(), false)) ?? Number.NaN;
  const holder = { fence, lane: 0, holder: "one" };
  await shard.begin(key, holder);
  return { key, fence, holder };
}

/** The same, with an upload in the store of which one part is done. */
async function storing(shard: Shard) {
  const { key, fence, holder } = await filling(shard);
  const upload = await newUpload(key);
  await shard.plan(key, holder, planOf(3, { uploadId: upload.uploadId }));
  await shard.partDone(key, holder, partOf(1));
  return { key, fence, holder, upload };
}

async function newUpload(key: EntryKey): Promise<R2MultipartUpload> {
  return await env.OBJECTS.createMultipartUpload(objectKey(key, "generation-1"));
}

/** Runs the alarm until nothing is left to be aborted: it may go off by itself as well. */
async function clear(shard: Shard): Promise<void> {
  await vi.waitFor(async () => {
    await runDurableObjectAlarm(shard);
    expect((await look(shard)).litter).toEqual([]);
  });
}

const isOpen = async (upload: R2MultipartUpload) =>
  await upload.uploadPart(1, "bytes").then(
    () => true,
    () => false,
  );

test("claims and what is done outlive the object's memory", async () => {
  const shard = newShard();
  const { key, holder, upload } = await storing(shard);
  await evictDurableObject(shard);
  expect(await shard.claim(key, offerOf(), true)).toBeNull();
  expect(await shard.begin(key, { ...holder, holder: "two" })).toBe("busy");
  expect(await shard.renew(key, holder)).toBe(true);
  await evictDurableObject(shard);
  expect(await shard.begin(key, holder)).toEqual({ plan: planOf(3, { uploadId: upload.uploadId }), url: null });
  expect(await shard.next(key, holder)).toEqual({ do: "parts", numbers: [2, 3] });
  await evictDurableObject(shard);
  await shard.begin(key, { ...holder, lane: 1 });
  expect(await shard.next(key, { ...holder, lane: 1 })).toEqual({ do: "nothing" });
});

test("a purge's fence outlives the object's memory", async () => {
  const [shard, key] = [newShard(), newKey()];
  const { fence } = await shard.revoke(key);
  await evictDurableObject(shard);
  expect(await shard.claim(key, offerOf(), false)).toBeGreaterThan(fence);
});

test("claims that a version before kept are forgotten, and a message of theirs finds nothing to do", async () => {
  const [shard, key] = [newShard(), newKey()];
  await runInDurableObject(shard, (_: FillGateObject, { storage }) => {
    storage.sql.exec("create table claims (key text primary key, fence integer)");
    storage.sql.exec("insert into claims values (?, 1)", keyText(key));
  });
  await evictDurableObject(shard);
  expect(await shard.begin(key, { fence: 1, lane: 0, holder: "one" })).toBe("gone");
  expect(await shard.claim(key, offerOf(), false)).toBeGreaterThan(1);
});

test("the alarm is set to what is due first", async () => {
  const shard = newShard();
  const began = Date.now();
  await shard.revoke(newKey());
  expect((await look(shard)).alarm).toBeCloseTo(began + FENCE_MEMORY_MS, -3);
  const { key, fence, holder } = await filling(shard);
  await shard.plan(key, holder, planOf(3));
  expect((await look(shard)).alarm).toBeCloseTo(began + CLAIM_TIMES.abandonedMs + Number(env.CLAIM_LEASE_MS), -3);
  const other = await filling(shard);
  await shard.finish(other.key, other.fence, 0);
  expect((await look(shard)).alarm).toBeCloseTo(began + DONE_MEMORY_MS, -3);
  expect(fence).toBeGreaterThan(0);
});

test("the alarm forgets old fences, and sleeps when there is nothing left", async () => {
  const [shard, key] = [newShard(), newKey()];
  await shard.revoke(key);
  const finished = await filling(shard);
  await shard.finish(finished.key, finished.fence, 0);
  pass(FENCE_MEMORY_MS + 1);
  await runDurableObjectAlarm(shard);
  expect(await look(shard)).toEqual({ fills: [], parts: [], litter: [], alarm: null });
  expect(await shard.claim(key, offerOf(), false)).not.toBeNull();
});

test.each([
  ["a purge", async (shard: Shard, { key }: { key: EntryKey }) => void (await shard.revoke(key))],
  ["an end", async (shard: Shard, { key, fence }: { key: EntryKey; fence: number }) => shard.finish(key, fence, 0)],
])("what %s leaves behind is aborted right after", async (_, end) => {
  const shard = newShard();
  const left = await storing(shard);
  const kept = await storing(shard);
  await end(shard, left);
  await clear(shard);
  expect((await look(shard)).parts).toEqual([keyText(kept.key)]);
  expect(await isOpen(left.upload)).toBe(false);
  expect(await isOpen(kept.upload)).toBe(true);
});

test("more uploads than one alarm aborts are aborted by the next", async () => {
  const shard = newShard();
  const left = await Promise.all(Array.from({ length: 20 }, () => storing(shard)));
  for (const { key } of left) await shard.revoke(key);
  await clear(shard);
  for (const { upload } of left) expect(await isOpen(upload)).toBe(false);
});

test("an upload that was completed is let be", async () => {
  const shard = newShard();
  const { key, fence, upload } = await storing(shard);
  await upload.complete([await upload.uploadPart(1, "bytes")]);
  await shard.finish(key, fence, 0);
  await clear(shard);
  expect(await (await env.OBJECTS.get(objectKey(key, "generation-1")))?.text()).toBe("bytes");
});

test("work that nobody went on with is thrown away after a day", async () => {
  const shard = newShard();
  const { key, fence, upload } = await storing(shard);
  await shard.pause(key, fence);
  pass(CLAIM_TIMES.abandonedMs - MINUTE);
  await runDurableObjectAlarm(shard);
  expect(await shard.progress(key)).toMatchObject({ parts: 1 });
  expect(await isOpen(upload)).toBe(true);
  pass(MINUTE);
  expect(await shard.progress(key)).toBeNull();
  await clear(shard);
  expect(await look(shard)).toMatchObject({ fills: [keyText(key)], parts: [] });
  expect(await isOpen(upload)).toBe(false);
  expect(await shard.claim(key, offerOf(), false)).toBeGreaterThan(fence);
});

test("an upload that cannot be aborted is tried again after a minute, for eight days", async () => {
  const shard = newShard();
  const { key, holder, fence } = await filling(shard);
  // R2 as it is simulated fails with an upload whose id it never gave.
  await shard.plan(key, holder, planOf(3, { uploadId: "never-begun" }));
  const ended = Date.now();
  await shard.finish(key, fence, 0);
  await vi.waitFor(async () => {
    await runDurableObjectAlarm(shard);
    expect((await look(shard)).alarm).toBeGreaterThan(ended + MINUTE / 2);
  });
  expect((await look(shard)).litter).toEqual([keyText(key)]);
  expect((await look(shard)).alarm).toBeLessThanOrEqual(Date.now() + MINUTE);
  pass(8 * DAY - MINUTE);
  await runDurableObjectAlarm(shard);
  expect((await look(shard)).litter).toEqual([keyText(key)]);
  pass(MINUTE + 1);
  await runDurableObjectAlarm(shard);
  expect((await look(shard)).litter).toEqual([]);
});

test("ten thousand parts are handed out and joined", async () => {
  const shard = newShard();
  const { key, holder } = await filling(shard);
  await shard.plan(key, holder, planOf(10_000));
  await runInDurableObject(shard, (_: FillGateObject, { storage }) => {
    for (let number = 1; number < 10_000; number++) {
      storage.sql.exec("insert into parts values (?, ?, 'etag', 8, null, null)", keyText(key), number);
    }
  });
  expect(await shard.next(key, holder)).toEqual({ do: "parts", numbers: [10_000] });
  await shard.partDone(key, holder, partOf(10_000));
  const work = await shard.next(key, holder);
  expect(work.do === "join" && work.parts.map(({ number }) => number)).toEqual(
    Array.from({ length: 10_000 }, (_, at) => at + 1),
  );
});
