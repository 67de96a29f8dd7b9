import { afterEach, describe, expect, it, vi } from "vitest";
import { linkToken } from "../../src/core/link.ts";
import { NOTHING_WITHDRAWN } from "../../src/core/withdrawals.ts";
import { MINUTE, NOON, tenantId } from "../core/samples.ts";
import { knowing, SPEECHLESS, withKnowledge } from "./knowing.ts";
import { type Asked, ask, askServed, HEADERS, SHORT_LIVED, storedWorld } from "./stored-copy.ts";
import { bodiesOf, watched } from "./watched-store.ts";
import { ACME, hanging, passingTime, reported, traced, URL_A, useFakeTimers, type World } from "./world.ts";

const WAYS: readonly (readonly [string, Asked])[] = [
  ["whole", {}],
  ["in part", { headers: { Range: "bytes=0-1" } }],
  ["in several parts", { headers: { Range: "bytes=0-1,4-5" } }],
  ["decoded", { acceptEncoding: "identity" }],
  ["by its head", { method: "HEAD" }],
  ["by news of it", { headers: { "If-None-Match": '"v1"' } }],
];

const ISOLATES: readonly (readonly [string, (world: World) => World])[] = [
  ["knows", knowing],
  ["has to ask", (world) => world],
];

afterEach(() => {
  vi.useRealTimers();
});

describe.each(ISOLATES)("a link that was withdrawn, where the isolate %s of it", (_, isolate) => {
  /** A link of the first epoch, of a tenant that is in its second. */
  async function revokedWorld() {
    const { world, link } = await storedWorld();
    await world.withdrawals.revokeLinks(ACME.id);
    const { store, reads } = watched(world.store);
    return { world: isolate({ ...world, store }), link, reads };
  }
  const revoked = { code: "LINK_REVOKED" };

  it.each(WAYS)("is gone, though its origin lives: asked for %s", async (_way, asked) => {
    const { world, link, reads } = await revokedWorld();
    expect(link.originUrl).toBe(URL_A);
    await expect(ask(world, link, asked)).rejects.toMatchObject(revoked);
    expect(bodiesOf(reads).filter((became) => became !== "cancelled")).toEqual([]);
    expect(world.reports).toEqual([]);
  });

  it("is told to be so by a store, too, that is silent when its body is let go of", async () => {
    const { world, link } = await revokedWorld();
    const body = () => new ReadableStream<Uint8Array>({ cancel: () => new Promise(() => {}) });
    const get = async () => ({ size: 10, headers: HEADERS, body: body() });
    await expect(ask({ ...world, store: { ...world.store, get } }, link)).rejects.toMatchObject(revoked);
  });

  it("is withdrawn and not over where it has ended since, and the store is not asked", async () => {
    const { world, link, reads } = await revokedWorld();
    for (const originUrl of [URL_A, null]) {
      await expect(ask(world, { ...link, expiresAt: NOON, originUrl })).rejects.toMatchObject(revoked);
    }
    expect(reads).toEqual([]);
  });

  it("is withdrawn and not sent to the origin where the copy is gone, or out of reach", async () => {
    const { world, link } = await revokedWorld();
    await expect(ask(world, { ...link, generation: "gone" })).rejects.toMatchObject(revoked);
    const down = { ...world.store, get: () => Promise.reject(new Error("the store is down")) };
    await expect(ask({ ...world, store: down }, link)).rejects.toMatchObject(revoked);
  });

  it("is refused to strangers to its network, before anything is told of it", async () => {
    const { world, link } = await revokedWorld();
    const asked = ask(world, { ...link, network: "192.0.2.0/24" }, { address: "198.51.100.1" });
    await expect(asked).rejects.toMatchObject({ code: "LINK_ADDRESS_REFUSED" });
  });

  it("has a successor: what was made in the new epoch is served, and so is what is newer than we know", async () => {
    const { world, link } = await revokedWorld();
    for (const epoch of [1, 2]) {
      expect(await askServed(world, { ...link, epoch })).toMatchObject({ plan: { status: 200 } });
    }
  });

  it("is its tenant's alone", async () => {
    const { world, link } = await storedWorld();
    await world.withdrawals.revokeLinks(tenantId("globex"));
    expect(await askServed(isolate(world), link)).toMatchObject({ plan: { status: 200 } });
  });
});

describe.each(SPEECHLESS)("while the log of what was withdrawn %s", (_, find) => {
  /** The cache of this place holds the copy. */
  async function speechlessWorld() {
    const { world, link } = await storedWorld();
    const here = knowing(world);
    for (let count = 0; count < 2; count += 1) await (await askServed(here, link)).body?.cancel();
    await world.settled();
    expect(world.edge.kept.size).toBe(1);
    const { store, reads } = watched(world.store);
    const log: string[] = [];
    const edge = traced("edge", world.edge, log);
    return { world: withKnowledge({ ...world, store, edge }, { find }), link, reads, log };
  }

  it.each(WAYS)("a link leads to its origin, and no cache is asked: asked for %s", async (_way, asked) => {
    const { world, link, reads, log } = await speechlessWorld();
    const token = await linkToken(world.ring, link);
    useFakeTimers();
    const { value, ms } = await passingTime(ask(world, token, asked));
    expect(value).toEqual({ location: URL_A, cors: null });
    expect(ms).toBeLessThanOrEqual(1000);
    expect(log).toEqual([]);
    expect(reads.length).toBeGreaterThan(0);
    expect(bodiesOf(reads).filter((became) => became !== "cancelled")).toEqual([]);
    expect(reported(world)).toEqual(["withdrawals"]);
  });

  it("a link without an origin, or whose URL has ended, is unavailable for now", async () => {
    const { world, link } = await speechlessWorld();
    world.clock.set(NOON + MINUTE);
    const tokens = [null, SHORT_LIVED].map((originUrl) => linkToken(world.ring, { ...link, originUrl }));
    const ended = linkToken(world.ring, { ...link, originUrl: null, expiresAt: NOON });
    const all = await Promise.all([...tokens, ended]);
    useFakeTimers();
    for (const token of all) {
      await expect(passingTime(ask(world, token))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
  });

  it("what the isolate heard a moment ago is enough", async () => {
    const { world, link } = await speechlessWorld();
    const here = withKnowledge(world, { known: () => NOTHING_WITHDRAWN });
    expect(await askServed(here, link)).toMatchObject({ terms: { from: "edge" } });
  });

  it("what it heard last, some minutes ago, is not", async () => {
    const { world, link } = await speechlessWorld();
    const token = await linkToken(world.ring, link);
    const here = withKnowledge(world, { lastKnown: () => NOTHING_WITHDRAWN });
    useFakeTimers();
    expect((await passingTime(ask(here, token))).value).toEqual({ location: URL_A, cors: null });
  });
});

describe("while nobody has said yet what was withdrawn", () => {
  it("the copy is read meanwhile, and handed over when they have", async () => {
    const { world, link } = await storedWorld();
    const { store, reads } = watched(world.store);
    const read = Promise.withResolvers<void>();
    const get: typeof store.get = async (key, range) => {
      const found = await store.get(key, range);
      read.resolve();
      return found;
    };
    const find = () => read.promise.then(() => NOTHING_WITHDRAWN);
    const delivery = await askServed(withKnowledge({ ...world, store: { ...store, get } }, { find }), link);
    expect(bodiesOf(reads)).toEqual(["open"]);
    expect(await new Response(delivery.body).text()).toBe("0123456789");
  });

  it("a store that hangs as well has its client wait for three seconds, and no longer", async () => {
    const { world, link } = await storedWorld();
    const token = await linkToken(world.ring, link);
    const down = withKnowledge({ ...world, store: hanging(world.store) }, { find: () => new Promise(() => {}) });
    useFakeTimers();
    const { value, ms } = await passingTime(ask(down, token));
    expect(value).toEqual({ location: URL_A, cors: null });
    expect(ms).toBe(3000);
    expect(reported(world).toSorted()).toEqual(["store", "withdrawals"]);
  });

  it("nothing more is read of what the store gives too late", async () => {
    const { world, link } = await storedWorld();
    const token = await linkToken(world.ring, link);
    const { store, reads } = watched(world.store);
    const late = Promise.withResolvers<void>();
    const get: typeof store.get = async (key, range) => {
      await late.promise;
      return await store.get(key, range);
    };
    useFakeTimers();
    await passingTime(ask({ ...world, store: { ...store, get } }, token));
    late.resolve();
    await vi.waitFor(() => expect(bodiesOf(reads)).toEqual(["cancelled"]));
  });
});
