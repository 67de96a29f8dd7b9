import { describe, expect, it } from "vitest";
import { type PreloadItem, preload } from "../../src/app/preload.ts";
import { purge } from "../../src/app/purge.ts";
import { unseal } from "../../src/core/crypto/seal.ts";
import { keyText } from "../../src/core/entry-key.ts";
import { MINUTE, NOON, presigned, SECOND, SIGNING } from "../core/samples.ts";
import {
  failing,
  fillAll,
  isClaimed,
  makeReady,
  makeWorld,
  sourceOf,
  traced,
  tracesOf,
  URL_A,
  URL_B,
  type World,
  want,
  wrapped,
} from "./world.ts";

async function item(url = URL_A, key: string | null = null, expiresAt: number | null = null): Promise<PreloadItem> {
  return { source: await sourceOf(url, key), expiresAt, tags: [] };
}

async function run(world: World, ...items: PreloadItem[]) {
  return await preload(items, "request-1", world);
}

const statuses = async (world: World, ...items: PreloadItem[]) =>
  (await run(world, ...items)).map(({ status }) => status);

describe("a preload", () => {
  it("queues what is not there, noted and trusted", async () => {
    const world = makeWorld();
    const wanted = await item(URL_A, "movie", NOON + MINUTE);
    const { key, identity } = wanted.source;
    expect(await run(world, wanted)).toEqual([{ key: "movie", status: "queued" }]);
    expect(await world.ledger.find(key)).toMatchObject({
      publicKey: "movie",
      state: "filling",
      boundTo: identity,
      trusted: true,
      expiresAt: NOON + MINUTE,
    });
    expect(world.queue.messages).toMatchObject([
      { entry: key.id, publicKey: "movie", trusted: true, expiresAt: NOON + MINUTE, requestId: "request-1" },
    ]);
    await fillAll(world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", trusted: true, expiresAt: NOON + MINUTE });
  });

  it("lets no signature into the queue or the ledger", async () => {
    const world = makeWorld();
    const { source } = await item();
    await run(world, { source, expiresAt: null, tags: [] });
    for (const rests of [world.queue.messages, [...world.ledger.rows.values()]]) {
      expect(JSON.stringify(rests)).not.toContain(SIGNING.signature);
      expect(JSON.stringify(rests)).not.toContain(SIGNING.accessKey);
    }
    const sealed = world.queue.messages[0]?.sealedUrl ?? "";
    expect(await unseal(world.ring, "stored-url", sealed, keyText(source.key))).toBe(URL_A);
  });

  it("notes what it wants before it queues it", async () => {
    const world = makeWorld();
    const log: string[] = [];
    await run(
      {
        ...world,
        gate: traced("gate", world.gate, log),
        ledger: traced("ledger", world.ledger, log),
        queue: traced("queue", world.queue, log),
      },
      await item(),
    );
    expect(log).toEqual(["ledger.findMany", "gate.claim", "ledger.noteFills", "queue.send"]);
  });

  it("says where each item stands, in the items' order", async () => {
    const world = makeWorld();
    await makeReady(world, await sourceOf());
    await run(world, await item(URL_B));
    const results = await run(
      world,
      await item(presigned("https://bucket.s3.amazonaws.com/a/../b.mp4")),
      await item(URL_A),
      await item(URL_B),
      await item(URL_B, "movie"),
    );
    expect(results.map(({ status }) => status)).toEqual(["not_storable", "ready", "filling", "queued"]);
    expect(results[3]).toEqual({ key: "movie", status: "queued" });
    expect(results[1]?.key).toBe((await sourceOf()).publicKey);
  });

  it("of nothing is nothing", async () => {
    const world = makeWorld();
    expect(await run(world)).toEqual([]);
    expect(world.queue.messages).toEqual([]);
  });

  it("queues once what it is given twice", async () => {
    const world = makeWorld();
    expect(await statuses(world, await item(), await item(), await item(URL_B))).toEqual([
      "queued",
      "filling",
      "queued",
    ]);
    expect(world.queue.messages).toHaveLength(2);
  });

  it("fills once what two preloads want at once, whichever of them is queued", async () => {
    const world = makeWorld();
    const both = await Promise.all([statuses(world, await item()), statuses(world, await item())]);
    expect(both.flat()).toContain("queued");
    await fillAll(world);
    expect(world.origin.calls).toHaveLength(1);
    expect(await statuses(world, await item())).toEqual(["ready"]);
  });

  it("queues a thousand in one go", async () => {
    const world = makeWorld();
    const items = await Promise.all(Array.from({ length: 1000 }, (_, number) => item(URL_A, `movie-${number}`)));
    expect(new Set(await statuses(world, ...items))).toEqual(new Set(["queued"]));
    const queued = world.queue.messages.map(({ publicKey }) => publicKey);
    expect(queued.toSorted()).toEqual(items.map(({ source }) => source.publicKey).toSorted());
    expect(new Set(await statuses(world, ...items))).toEqual(new Set(["filling"]));
  });

  it.each([
    ["that has expired", presigned("https://bucket.s3.amazonaws.com/a.mp4", { date: "20261120T105959Z" })],
    ["that expires now", presigned("https://bucket.s3.amazonaws.com/a.mp4", { date: "20261120T110000Z" })],
    ["with signed headers", URL_A.replace("SignedHeaders=host", "SignedHeaders=host%3Brange")],
    ["with dot segments", presigned("https://bucket.s3.amazonaws.com/b/./a.mp4")],
  ])("of a URL %s is not storable, and claims nothing", async (_, url) => {
    const world = makeWorld();
    const wanted = await item(url, "movie");
    expect(await run(world, wanted)).toEqual([{ key: "movie", status: "not_storable" }]);
    expect(world.queue.messages).toEqual([]);
    expect(world.gate.rows.size).toBe(0);
  });

  it("of a URL under the public key of another's entry is not storable, and claims nothing", async () => {
    const world = makeWorld();
    const { publicKey } = await sourceOf(URL_B);
    expect(await statuses(world, await item(URL_A, publicKey))).toEqual(["not_storable"]);
    expect(world.gate.rows.size).toBe(0);
  });

  it.each([["stale"], ["failed"], ["purged"]])("queues again what is %s", async (state) => {
    const world = makeWorld();
    const wanted = await item();
    const { key } = wanted.source;
    const { copy } = await makeReady(world, wanted.source);
    world.clock.advance(SECOND);
    if (state === "stale") await world.ledger.markStale(key, copy.generation, NOON);
    if (state !== "stale") await purge(key, "asked", world);
    if (state === "failed") await world.ledger.fail(key, NOON + MINUTE, { code: "X", message: "x" }, true, NOON);
    expect(await world.ledger.find(key)).toMatchObject({ state });
    expect(await statuses(world, wanted)).toEqual(["queued"]);
  });

  it("of what the tenant once wanted gone brings it back", async () => {
    const world = makeWorld();
    const wanted = await item(URL_A, "movie", NOON + MINUTE);
    await makeReady(world, wanted.source, { expiresAt: NOON + MINUTE });
    world.clock.set(NOON + MINUTE);
    await purge(wanted.source.key, "expired", world);
    expect(await statuses(world, { ...wanted, expiresAt: null })).toEqual(["queued"]);
    await fillAll(world);
    expect(await world.ledger.find(wanted.source.key)).toMatchObject({ state: "ready", expiresAt: null });
  });
});

describe("a preload of what is ready", () => {
  it("puts a known caller behind it, in ledger and index, and fetches nothing", async () => {
    const world = makeWorld();
    const wanted = await item(URL_A, "movie");
    const { copy } = await makeReady(world, wanted.source);
    expect(await world.ledger.find(wanted.source.key)).toMatchObject({ trusted: false });
    expect(await run(world, wanted)).toEqual([{ key: "movie", status: "ready" }]);
    expect(await world.ledger.find(wanted.source.key)).toMatchObject({ state: "ready", trusted: true, copy });
    expect(await world.index.get(wanted.source.key)).toMatchObject({ state: "ready", copy });
    expect(world.queue.messages).toEqual([]);
    expect(isClaimed(world, wanted.source.key)).toBe(false);
  });

  it.each([
    ["sets the moment to go", null, NOON + MINUTE, NOON + MINUTE],
    ["moves the moment to go", NOON + MINUTE, NOON + 2 * MINUTE, NOON + 2 * MINUTE],
    ["leaves the moment to go without a wish of its own", NOON + MINUTE, null, NOON + MINUTE],
  ])("%s", async (_, before, expiresAt, after) => {
    const world = makeWorld();
    const wanted = await item(URL_A, "movie", expiresAt);
    await makeReady(world, wanted.source, { expiresAt: before });
    expect(await statuses(world, wanted)).toEqual(["ready"]);
    expect(await world.ledger.find(wanted.source.key)).toMatchObject({ expiresAt: after });
    expect(await world.index.get(wanted.source.key)).toMatchObject({ state: "ready", expiresAt: after });
  });

  it("and whose moment has come keeps it for good, and the index knows", async () => {
    const world = makeWorld();
    const wanted = await item();
    await makeReady(world, wanted.source, { expiresAt: NOON + MINUTE });
    world.clock.set(NOON + MINUTE);
    expect(await statuses(world, wanted)).toEqual(["ready"]);
    expect(await world.ledger.find(wanted.source.key)).toMatchObject({ state: "ready", expiresAt: null });
    expect(await world.index.get(wanted.source.key)).toMatchObject({ state: "ready", expiresAt: null });
  });

  it("but bound to another object binds it anew: the old copy goes from index and store", async () => {
    const world = makeWorld();
    const { source } = await item(URL_A, "movie");
    await makeReady(world, source, { trusted: true });
    expect(tracesOf(world, source.key)).toHaveLength(3);
    expect(await statuses(world, await item(URL_B, "movie"))).toEqual(["queued"]);
    expect(tracesOf(world, source.key)).toEqual([]);
    await fillAll(world);
    const { identity } = await sourceOf(URL_B);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "ready", boundTo: identity });
    expect(tracesOf(world, source.key)).toHaveLength(3);
  });
});

describe("a preload of what is on its way", () => {
  it("is heard all the same: the copy goes when the tenant wants", async () => {
    const world = makeWorld();
    const wanted = await item(URL_A, "movie", NOON + MINUTE);
    await want(wanted.source, world);
    expect(await statuses(world, wanted)).toEqual(["queued"]);
    await fillAll(world);
    expect(await world.ledger.find(wanted.source.key)).toMatchObject({ trusted: true, expiresAt: NOON + MINUTE });
    expect(world.origin.calls).toHaveLength(1);
  });

  it("and noted as this object's leaves that fill alone, and is heard too", async () => {
    const world = makeWorld();
    await run(world, await item(URL_A, "movie"));
    const wanted = await item(URL_A, "movie", NOON + MINUTE);
    expect(await statuses(world, wanted)).toEqual(["filling"]);
    expect(world.queue.messages).toHaveLength(1);
    await fillAll(world);
    expect(await world.ledger.find(wanted.source.key)).toMatchObject({ trusted: true, expiresAt: NOON + MINUTE });
  });

  it("of another object, for a stranger, binds the key to what the tenant says", async () => {
    const world = makeWorld();
    const squatted = await sourceOf(URL_B, "movie");
    await want(squatted, world);
    const wanted = await item(URL_A, "movie");
    await run(world, wanted);
    await fillAll(world);
    expect(await world.ledger.find(wanted.source.key)).toMatchObject({ boundTo: wanted.source.identity });
  });
});

describe("while a part is down, a preload rejects and may be repeated:", () => {
  it.each(["ledger", "gate", "queue"] as const)("the %s", async (what) => {
    const world = makeWorld();
    const items = [await item(), await item(URL_B)];
    await expect(run({ ...world, [what]: failing(world[what]) }, ...items)).rejects.toThrow("this part is down");
    expect(await statuses(world, ...items)).toEqual(["queued", "queued"]);
    await fillAll(world);
    expect(await statuses(world, ...items)).toEqual(["ready", "ready"]);
  });

  it("the ledger, when the fills are noted: their claims are given back", async () => {
    const world = makeWorld();
    const wanted = await item();
    await expect(run({ ...world, ledger: failing(world.ledger, "noteFills") }, wanted)).rejects.toThrow();
    expect(isClaimed(world, wanted.source.key)).toBe(false);
    expect(await statuses(world, wanted)).toEqual(["queued"]);
  });

  it("the queue: a claim that somebody else has stays theirs", async () => {
    const world = makeWorld();
    const [theirs, mine] = [await item(), await item(URL_B)];
    await run(world, theirs);
    await expect(run({ ...world, queue: failing(world.queue) }, theirs, mine)).rejects.toThrow();
    expect(isClaimed(world, theirs.source.key)).toBe(true);
    expect(isClaimed(world, mine.source.key)).toBe(false);
  });

  it("the index, for what is ready", async () => {
    const world = makeWorld();
    const wanted = await item();
    await makeReady(world, wanted.source);
    await expect(run({ ...world, index: failing(world.index) }, wanted)).rejects.toThrow();
    expect(await statuses(world, wanted)).toEqual(["ready"]);
    expect(await world.index.get(wanted.source.key)).toMatchObject({ state: "ready" });
  });

  it("one shard of the gate: the claims that the others gave are given back", async () => {
    const world = makeWorld();
    const [first, second] = [await item(), await item(URL_B)];
    let calls = 0;
    const gate = wrapped(world.gate, async (method, call) => {
      if (method === "claim" && ++calls === 2) throw new Error("no");
      return await call();
    });
    await expect(run({ ...world, gate }, first, second)).rejects.toThrow("no");
    expect(isClaimed(world, first.source.key)).toBe(false);
    expect(await statuses(world, first, second)).toEqual(["queued", "queued"]);
  });
});
