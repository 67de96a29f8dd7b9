import { describe, expect, it } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { publishCopy } from "../../src/app/publish-copy.ts";
import { purge } from "../../src/app/purge.ts";
import { objectKey } from "../../src/core/entry.ts";
import type { EntryKey } from "../../src/core/entry-key.ts";
import { purgeShard } from "../../src/core/withdrawals.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../core/samples.ts";
import { answered, linkTo } from "./delivered.ts";
import { knowing } from "./knowing.ts";
import {
  beforehand,
  failing,
  generationOf,
  HELLO,
  isClaimed,
  makeReady,
  makeWorld,
  onlyMessage,
  sourceOf,
  traced,
  tracesOf,
  URL_A,
  utf8,
  type World,
  want,
} from "./world.ts";

async function readyWorld(wish: Parameters<typeof makeReady>[2] = {}) {
  const world = makeWorld();
  const source = await sourceOf();
  const { copy } = await makeReady(world, source, wish);
  world.clock.advance(SECOND);
  return { world, key: source.key, source, copy };
}

/** Puts another copy in place, as a fill would that publishes meanwhile. */
async function publishAnother(world: World, key: EntryKey): Promise<void> {
  const { ledger, store } = world;
  const row = await ledger.find(key);
  if (!row?.copy) throw new Error("there is no copy");
  await store.put(objectKey(key, "another"), utf8("other"), { ...HEADERS });
  await publishCopy({ key, fence: NOON, rule: null }, { ...row.copy, generation: "another" }, world);
}

const HEADERS = {
  contentType: null,
  contentEncoding: null,
  contentLanguage: null,
  contentDisposition: null,
  cacheControl: null,
  etag: '"a"',
  lastModified: null,
};

describe("a purge", () => {
  it("removes the copy from store, ledger and index", async () => {
    const { world, key } = await readyWorld();
    expect(tracesOf(world, key)).toHaveLength(3);
    expect(await purge(key, "asked", world)).toBe(true);
    expect(tracesOf(world, key)).toEqual([]);
    expect(await world.ledger.find(key)).toMatchObject({ state: "purged", copy: null });
  });

  it("begins at the gate and deletes the object before the ledger forgets where it lies", async () => {
    const { world, key } = await readyWorld();
    const log: string[] = [];
    const { gate, ledger, index, store, clock, withdrawals, usage } = world;
    await purge(key, "asked", {
      ...{ clock, usage },
      withdrawals: traced("withdrawals", withdrawals, log),
      gate: traced("gate", gate, log),
      ledger: traced("ledger", ledger, log),
      index: traced("index", index, log),
      store: traced("store", store, log),
    });
    expect(log[0]).toBe("gate.revoke");
    expect(log.indexOf("store.delete")).toBeLessThan(log.indexOf("withdrawals.notePurges"));
    expect(log.indexOf("withdrawals.notePurges")).toBeLessThan(log.indexOf("ledger.purge"));
    expect(log.lastIndexOf("index.remove")).toBeGreaterThan(log.indexOf("ledger.purge"));
  });

  it("finds nothing of an entry that nobody knows", async () => {
    const world = makeWorld();
    expect(await purge((await sourceOf()).key, "asked", world)).toBe(false);
  });

  it("finds nothing a second time", async () => {
    const { world, key } = await readyWorld();
    await purge(key, "asked", world);
    expect(await purge(key, "asked", world)).toBe(false);
  });

  it.each(["failed", "filling"])("removes an entry that is %s, too", async (state) => {
    const world = makeWorld();
    const source = await sourceOf();
    world.origin.answers.set(source.url.raw.text, { status: state === "failed" ? 403 : 503 });
    await want(source, world);
    await fill(onlyMessage(world), 1, world);
    expect(await world.ledger.find(source.key)).toMatchObject({ state });
    expect(await purge(source.key, "asked", world)).toBe(true);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "purged", failure: null });
  });

  it("leaves every other entry alone", async () => {
    const { world, key } = await readyWorld();
    const other = await sourceOf(undefined, "movie");
    await makeReady(world, other);
    await purge(key, "asked", world);
    expect(tracesOf(world, other.key)).toHaveLength(3);
  });

  it("is no end: the next download is a miss that is filled again", async () => {
    const { world, key, source } = await readyWorld();
    const before = await generationOf(world, key);
    await purge(key, "asked", world);
    const { state, copy } = await makeReady(world, source);
    expect(state).toBe("ready");
    expect(copy.generation).not.toBe(before);
  });

  it.each([
    ["asked", null],
    ["expired", NOON + MINUTE],
  ] as const)("that was %s leaves the wish at %j", async (reason, expiresAt) => {
    const { world, key } = await readyWorld({ expiresAt: NOON + MINUTE });
    world.clock.set(NOON + MINUTE);
    await purge(key, reason, world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "purged", expiresAt });
  });
});

describe("what caches keep of a copy", () => {
  const numberOf = async ({ withdrawals }: World, key: EntryKey) =>
    (await withdrawals.read(key.tenant)).purges[purgeShard(key)];

  it("counts no more after a purge that was asked for, and again after the next", async () => {
    const { world, key, source } = await readyWorld();
    await purge(key, "asked", world);
    expect(await numberOf(world, key)).toBe(1);
    await makeReady(world, source);
    await purge(key, "asked", world);
    expect(await numberOf(world, key)).toBe(2);
  });

  it("is left alone where there was no copy, and where the links to it end with it", async () => {
    const { world, key } = await readyWorld({ expiresAt: NOON + 2 * HOUR });
    world.clock.set(NOON + 2 * HOUR);
    await purge(key, "expired", world);
    await purge(key, "asked", world);
    expect(await numberOf(world, key)).toBe(0);
  });

  it("counts no more when the copy ends sooner than links know that were made before its end was moved", async () => {
    const world = knowing((await readyWorld()).world);
    const { key } = await sourceOf();
    const link = linkTo({ key, generation: await generationOf(world, key), originUrl: URL_A });
    for (let count = 0; count < 2; count += 1) expect(await answered(world, link)).toBe("hello");
    await world.settled();
    expect(world.edge.kept.size).toBe(1);
    await world.ledger.adopt([{ key, expiresAt: NOON + MINUTE, tags: [] }], NOON);
    world.clock.set(NOON + MINUTE);
    await purge(key, "expired", world);
    expect(await answered(world, link)).toBe(URL_A);
  });

  it("is found again by the call that ends what one began that could not withdraw it", async () => {
    const { world, key } = await readyWorld();
    await expect(purge(key, "asked", { ...world, withdrawals: failing(world.withdrawals) })).rejects.toThrow();
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
    expect(await purge(key, "asked", world)).toBe(true);
    expect(await numberOf(world, key)).toBe(1);
  });

  it("goes for the copy that is there in the end, as it went for what that superseded", async () => {
    const { world, key } = await readyWorld();
    const ledger = beforehand(world.ledger, "raiseFence", () => publishAnother(world, key));
    await purge(key, "asked", { ...world, ledger });
    expect(await numberOf(world, key)).toBe(2);
  });
});

describe("after a purge nothing that began before is published:", () => {
  it("a message in the queue finds nothing to do", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    await want(source, world);
    expect(isClaimed(world, source.key)).toBe(true);
    expect(await purge(source.key, "asked", world)).toBe(true);
    expect(isClaimed(world, source.key)).toBe(false);
    expect(await fill(onlyMessage(world), 1, world)).toEqual({ done: true });
    expect(world.origin.calls).toEqual([]);
    expect(tracesOf(world, source.key)).toEqual([]);
  });

  it("a fill that is at the origin has its bytes thrown away", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    await want(source, world);
    const origin = beforehand(world.origin, "open", () => purge(source.key, "asked", world));
    expect(await fill(onlyMessage(world), 1, { ...world, origin })).toEqual({ done: true });
    expect(tracesOf(world, source.key)).toEqual([]);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "purged" });
  });

  it("what was published while the purge was at the gate goes as well", async () => {
    const { world, key } = await readyWorld();
    const ledger = beforehand(world.ledger, "raiseFence", () => publishAnother(world, key));
    expect(await purge(key, "asked", { ...world, ledger })).toBe(true);
    expect(tracesOf(world, key)).toEqual([]);
  });

  it("what comes to publish after that is refused", async () => {
    const { world, key } = await readyWorld();
    const ledger = beforehand(world.ledger, "purge", () => publishAnother(world, key));
    expect(await purge(key, "asked", { ...world, ledger })).toBe(true);
    expect(await world.ledger.find(key)).toMatchObject({ state: "purged", copy: null });
  });

  it("a fill that is asked for after it is no older one", async () => {
    const { world, source } = await readyWorld();
    await purge(source.key, "asked", world);
    await want(source, world);
    const message = onlyMessage(world);
    expect(message.fence).toBeGreaterThan(NOON + SECOND);
    world.origin.answers.set(source.url.raw.text, HELLO);
    await fill(message, 1, world);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "ready" });
  });
});

describe("a purge that cannot reach", () => {
  it("the gate changes nothing", async () => {
    const { world, key } = await readyWorld();
    await expect(purge(key, "asked", { ...world, gate: failing(world.gate) })).rejects.toThrow();
    expect(tracesOf(world, key)).toHaveLength(3);
  });

  it.each(["gate", "ledger", "store", "index", "withdrawals"] as const)(
    "the %s rejects, and the same call again ends the work",
    async (what) => {
      const { world, key } = await readyWorld();
      await expect(purge(key, "asked", { ...world, [what]: failing(world[what]) })).rejects.toThrow(
        "this part is down",
      );
      await purge(key, "asked", world);
      expect(tracesOf(world, key)).toEqual([]);
    },
  );

  it.each(["raiseFence", "purge"] as const)(
    "the ledger's %s can be repeated, and then says that there was something",
    async (method) => {
      const { world, key } = await readyWorld();
      await expect(purge(key, "asked", { ...world, ledger: failing(world.ledger, method) })).rejects.toThrow();
      expect(await purge(key, "asked", world)).toBe(true);
      expect(tracesOf(world, key)).toEqual([]);
    },
  );
});
