import { describe, expect, it } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { purge } from "../../src/app/purge.ts";
import { SECOND } from "../core/samples.ts";
import { pattern, ranged, smallWorld, storedIn } from "./small-parts.ts";
import { bodyWith, DONE, readyAndWanted, text, version, wantedWorld } from "./wanted.ts";
import { beforehand, HELLO, isClaimed, makeReady, onlyMessage, tracesOf, URL_A, utf8, want } from "./world.ts";

describe("a purge in the middle of a fill", () => {
  type Port = "gate" | "origin" | "store" | "ledger" | "index";

  it.each<[string, Port, string]>([
    ["before it begins", "gate", "begin"],
    ["before the origin is asked", "origin", "open"],
    ["before its bytes are stored", "store", "put"],
    ["before it is published", "ledger", "publish"],
    ["before the index is told", "index", "put"],
    ["before the gate is told", "gate", "finish"],
  ])("%s leaves nothing that could be served", async (_, port, method) => {
    const { world, key, message } = await wantedWorld();
    const parts = { ...world, [port]: beforehand(world[port], method as never, () => purge(key, "asked", world)) };
    expect(await fill(message, 1, parts)).toEqual(DONE);
    expect(tracesOf(world, key)).toEqual([]);
    expect((await world.ledger.find(key))?.state ?? "purged").toBe("purged");
    expect(isClaimed(world, key)).toBe(false);
  });

  it("between its bytes leaves nothing that could be served", async () => {
    const { world, key, message } = await wantedWorld();
    const body = bodyWith(async (controller) => {
      await purge(key, "asked", world);
      controller.enqueue(utf8("ello"));
      controller.close();
    });
    world.origin.answers.set(URL_A, { ...HELLO, headers: { "content-length": "5" }, body });
    expect(await fill(message, 1, world)).toEqual(DONE);
    expect(tracesOf(world, key)).toEqual([]);
  });

  it("between its parts leaves nothing that could be served", async () => {
    const { world, key, message } = await smallWorld(ranged(pattern(35)));
    const store = {
      ...world.store,
      createMultipart: async (...call: Parameters<typeof world.store.createMultipart>) => {
        await purge(key, "asked", world);
        return await world.store.createMultipart(...call);
      },
    };
    expect(await fill(message, 1, { ...world, store })).toEqual(DONE);
    expect(tracesOf(world, key)).toEqual([]);
    expect(storedIn(world)).toEqual({ objects: [], uploads: 0 });
  });

  it.each([1, 2, 3, 4])("after its part %i leaves nothing at all", async (number) => {
    const { world, key, message } = await smallWorld(ranged(pattern(35)));
    let parts = 0;
    const gate: typeof world.gate = {
      ...world.gate,
      async partDone(...call) {
        parts += 1;
        if (parts === number) await purge(key, "asked", world);
        return await world.gate.partDone(...call);
      },
    };
    expect(await fill(message, 1, { ...world, gate })).toEqual(DONE);
    await world.settled();
    expect(tracesOf(world, key)).toEqual([]);
    expect(storedIn(world)).toEqual({ objects: [], uploads: 0 });
  });

  it("and a new fill after it: the old one does not touch the new copy", async () => {
    const { world, source, key, message } = await wantedWorld();
    const origin = beforehand(world.origin, "open", async () => {
      world.clock.advance(SECOND);
      await purge(key, "asked", world);
      world.clock.advance(SECOND);
      world.origin.answers.set(URL_A, version("new"));
      await makeReady(world, source);
      world.origin.answers.set(URL_A, version("old"));
    });
    expect(await fill(message, 1, { ...world, origin })).toEqual(DONE);
    expect([...world.store.objects.values()].map(({ bytes }) => text(bytes))).toEqual(["new"]);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy: { originEtag: '"new"' } });
    expect(await world.index.get(key)).toMatchObject({ state: "ready", copy: { originEtag: '"new"' } });
  });

  it("before the ledger ever heard of it leaves nothing that could be served", async () => {
    const { world, key, message } = await wantedWorld();
    const ledger = beforehand(world.ledger, "noteFills", () => purge(key, "asked", world));
    await fill(message, 1, { ...world, ledger });
    expect(tracesOf(world, key)).toEqual([]);
  });

  it("before it is noted anew, after an earlier purge, leaves nothing that could be served", async () => {
    const { world, source, key, message } = await wantedWorld();
    await fill(message, 1, world);
    world.clock.advance(SECOND);
    await purge(key, "asked", world);
    await want(source, world);
    const ledger = beforehand(world.ledger, "noteFills", () => purge(key, "asked", world));
    await fill(onlyMessage(world), 1, { ...world, ledger });
    expect(tracesOf(world, key)).toEqual([]);
  });

  it("that finds the copy there leaves nothing that could be served", async () => {
    const { world, key, message: again } = await readyAndWanted();
    const index = beforehand(world.index, "put", () => purge(key, "asked", world));
    await fill(again, 1, { ...world, index });
    expect(tracesOf(world, key)).toEqual([]);
  });
});
