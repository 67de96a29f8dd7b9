import { describe, expect, it } from "vitest";
import { fill } from "../../src/app/fill.ts";
import type { EntryLedger } from "../../src/ports/entry-ledger.ts";
import { NOON } from "../core/samples.ts";
import { pattern, ranged, smallWorld } from "./small-parts.ts";
import { DONE, opens, text, version, wantedWorld } from "./wanted.ts";
import { failing, generationOf, isClaimed, LEASE_MS, onlyMessage, tracesOf, URL_A, want } from "./world.ts";

describe("a part that fails while a copy is published", () => {
  /** The ledger publishes, and its answer is lost. */
  const losingAnswers = (ledger: EntryLedger): EntryLedger => ({
    ...ledger,
    publish: async (...call) => {
      await ledger.publish(...call);
      throw new Error("connection lost");
    },
  });

  it("the ledger, before it published: the object goes, and the next attempt makes another", async () => {
    const { world, key, message } = await wantedWorld();
    expect(await fill(message, 1, { ...world, ledger: failing(world.ledger, "publish") })).toEqual({
      retryInSeconds: 1,
    });
    expect(world.store.objects.size).toBe(0);
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null });
    expect(opens(world)).toBe(2);
    expect(tracesOf(world, key)).toHaveLength(3);
  });

  it("the ledger, after it published: the object stays, and the next attempt asks no origin", async () => {
    const { world, key, message } = await wantedWorld();
    expect(await fill(message, 1, { ...world, ledger: losingAnswers(world.ledger) })).toEqual({ retryInSeconds: 1 });
    const [stored] = [...world.store.objects.keys()];
    expect(world.index.entries.size).toBe(0);
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
    expect([...world.store.objects.keys()]).toEqual([stored]);
    expect(tracesOf(world, key)).toHaveLength(3);
    expect(opens(world)).toBe(1);
  });

  it("the ledger altogether: nothing is deleted that it may have published, and the next attempt ends ready", async () => {
    const { world, key, message } = await wantedWorld();
    const lost = losingAnswers(world.ledger);
    let published = false;
    const ledger: EntryLedger = {
      ...failing(lost, "fail"),
      find: async (name) => {
        if (published) throw new Error("no");
        return await lost.find(name);
      },
      noteFills: lost.noteFills,
      publish: async (...call) => {
        published = true;
        return await lost.publish(...call);
      },
    };
    expect(await fill(message, 1, { ...world, ledger })).toEqual({ retryInSeconds: 1 });
    const [stored] = [...world.store.objects.keys()];
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect([...world.store.objects.keys()]).toEqual([stored]);
    expect(tracesOf(world, key)).toHaveLength(3);
  });

  it("the index: the copy is published, and the next attempt tells the index and asks no origin", async () => {
    const { world, key, message } = await wantedWorld();
    expect(await fill(message, 1, { ...world, index: failing(world.index) })).toEqual({ retryInSeconds: 1 });
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(tracesOf(world, key)).toHaveLength(3);
    expect(opens(world)).toBe(1);
  });

  it.each(["put", "createMultipart"] as const)(
    "the store's %s: nothing is published, and the next attempt is",
    async (method) => {
      const { world, key, message } = await smallWorld(ranged(pattern(method === "put" ? 5 : 35)));
      const store = { ...world.store, [method]: () => Promise.reject(new Error("this part is down")) };
      expect(await fill(message, 1, { ...world, store })).toEqual({ retryInSeconds: 1 });
      expect(await world.ledger.find(key)).toMatchObject({ failure: { code: "STORE_FAILED" } });
      expect(tracesOf(world, key)).toEqual([]);
      expect(await fill(message, 2, world)).toEqual(DONE);
      expect(tracesOf(world, key)).toHaveLength(3);
    },
  );

  it("the store's delete of a superseded copy: the new one is published all the same", async () => {
    const { world, source, key, message } = await wantedWorld();
    await fill(message, 1, world);
    await world.ledger.markStale(key, await generationOf(world, key), NOON);
    world.origin.answers.set(URL_A, version("newer"));
    await want(source, world);
    const again = onlyMessage(world);
    expect(await fill(again, 1, { ...world, store: failing(world.store, "delete") })).toEqual({ retryInSeconds: 1 });
    expect(await world.index.get(key)).toMatchObject({ copy: { originEtag: '"newer"' } });
    expect(await fill(again, 2, world)).toEqual(DONE);
  });

  it("the gate, before it begins: the message comes back by itself", async () => {
    const { world, message } = await wantedWorld();
    await expect(fill(message, 1, { ...world, gate: failing(world.gate) })).rejects.toThrow("this part is down");
    expect(world.origin.calls).toEqual([]);
    expect(await fill(message, 2, world)).toEqual(DONE);
  });

  it("the gate, at the end: the copy is published, and the message ends when it comes back", async () => {
    const { world, key, message } = await wantedWorld();
    await expect(fill(message, 1, { ...world, gate: failing(world.gate, "finish", "requeue") })).rejects.toThrow();
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
    world.clock.advance(LEASE_MS);
    expect(await fill(message, 2, world)).toEqual(DONE);
    expect(opens(world)).toBe(1);
    expect(isClaimed(world, key)).toBe(false);
  });

  it("the index, for a newer copy: the old object goes all the same", async () => {
    const { world, source, key, message } = await wantedWorld();
    await fill(message, 1, world);
    await world.ledger.markStale(key, await generationOf(world, key), NOON);
    world.origin.answers.set(URL_A, version("newer"));
    await want(source, world);
    const again = onlyMessage(world);
    await fill(again, 1, { ...world, index: failing(world.index) });
    await fill(again, 2, world);
    expect([...world.store.objects.values()].map(({ bytes }) => text(bytes))).toEqual(["newer"]);
  });

  it("the index: once it knows, the entry tells of no failure", async () => {
    const { world, key, message } = await wantedWorld();
    await fill(message, 1, { ...world, index: failing(world.index) });
    await fill(message, 2, world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", failure: null });
  });
});
