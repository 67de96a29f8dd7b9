import { afterEach, describe, expect, it, vi } from "vitest";
import { type KeyAsk, resolveKey } from "../../src/app/resolve-key.ts";
import { AWAITED_MS } from "../../src/app/unknown-keys.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { HOUR, MINUTE, NOON, tenantId } from "../core/samples.ts";
import {
  ACME,
  failing,
  HELLO,
  hanging,
  makeReady,
  makeWorld,
  passingTime,
  sourceOf,
  URL_A,
  useFakeTimers,
  type World,
} from "./world.ts";

const OPEN = "https://files.example.com/open/a.mp4";

/** A world in which the key `movie` has a copy of this URL. */
async function movieWorld(url = URL_A, wish: Parameters<typeof makeReady>[2] = { trusted: true }) {
  const world = makeWorld();
  world.origin.answers.set(OPEN, HELLO);
  const source = await sourceOf(url, "movie");
  const entry = await makeReady(world, source, wish);
  return { world, source, entry };
}

function ask(parts: World, changes: Partial<KeyAsk> = {}) {
  return resolveKey(
    { tenant: ACME, key: "movie", trusted: true, signed: null, method: "GET", ...changes },
    parts.local,
    parts,
  );
}

afterEach(() => {
  vi.useRealTimers();
});

describe("a download that names only a key", () => {
  it("of a caller that we know goes to the copy, without a way back to an origin", async () => {
    const { world, source, entry } = await movieWorld();
    const sign = vi.spyOn(world.links.edge, "sign");
    const { location, cacheStatus, event } = await ask(world);
    expect(cacheStatus).toBe("snapbyte; hit");
    expect(location).toMatch(`https://edge.test/acme/${source.key.id}/${entry.copy.generation}/a.mp4?`);
    expect(sign.mock.lastCall?.[0]).toMatchObject({ originUrl: null, expiresAt: NOON + HOUR });
    expect(event).toEqual({ kind: "hit", key: source.key, rule: null, assumed: null });
  });

  it.each(["GET", "HEAD"] as const)("by %s gets a link for that method", async (method) => {
    const { world } = await movieWorld();
    expect((await ask(world, { method })).location).toContain(`method=${method}`);
  });

  it.each([true, false])(
    "of a stranger goes to the copy of a public origin, named by a known caller: %s",
    async (trusted) => {
      const { world } = await movieWorld(OPEN, { trusted });
      expect(await ask(world, { trusted: false })).toMatchObject({ cacheStatus: "snapbyte; hit" });
    },
  );

  it("of a stranger goes to the copy where the whole tenant is public", async () => {
    const { world } = await movieWorld();
    const tenant: Tenant = { ...ACME, access: "public" };
    expect(await ask(world, { trusted: false, tenant })).toMatchObject({ cacheStatus: "snapbyte; hit" });
  });

  it.each(["probe", "verify", "signed"] as const)("of a stranger is not enough where access is %s", async (access) => {
    const { world } = await movieWorld();
    const tenant: Tenant = { ...ACME, access };
    expect(await ask(world, { tenant })).toMatchObject({ cacheStatus: "snapbyte; hit" });
    await expect(ask(world, { trusted: false, tenant })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("by a link for one network gets an address of ours for that network, whatever the delivery", async () => {
    const { world } = await movieWorld();
    const sign = vi.spyOn(world.links.edge, "sign");
    const tenant: Tenant = { ...ACME, delivery: "presigned" };
    const signed = { whole: true, network: "192.0.2.0/24", expiresAt: NOON + MINUTE, tags: [] };
    const { location } = await ask(world, { tenant, signed });
    expect(location).toMatch(/^https:\/\/edge\.test\//);
    expect(sign.mock.lastCall?.[0]).toMatchObject({
      ...{ network: "192.0.2.0/24", presentation: null, expiresAt: signed.expiresAt },
    });
    expect((await ask(world, { tenant })).location).toMatch(/^https:\/\/store\.test\//);
  });

  it("also finds an entry by the key that its URL gave it", async () => {
    const { world } = await movieWorld();
    const entry = await makeReady(world, await sourceOf());
    expect((await ask(world, { key: entry.publicKey })).location).toContain(entry.copy.generation);
  });

  it("finds, a second after it was asked for in vain, a copy that others made meanwhile", async () => {
    const world = makeWorld();
    // KV of this place has not heard of it.
    const here = { ...world, index: { ...world.index, get: async () => null } };
    await expect(ask(here)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await makeReady(world, await sourceOf(URL_A, "movie"), { trusted: true });
    world.clock.advance(AWAITED_MS);
    expect(await ask(here)).toMatchObject({ cacheStatus: "snapbyte; hit" });
  });

  it("ends no later than the tenant's wish", async () => {
    const { world } = await movieWorld(URL_A, { trusted: true, expiresAt: NOON + 1 });
    expect((await ask(world)).location).toContain(`until=${NOON + 1}`);
  });
});

describe("a download by key is refused, always alike:", () => {
  const refused = { code: "NOT_FOUND", message: "There is nothing at this address." };

  it("a key that nobody named", async () => {
    await expect(ask(makeWorld())).rejects.toMatchObject(refused);
  });

  it("a stranger, where the origin checks its links", async () => {
    const { world } = await movieWorld();
    await expect(ask(world, { trusted: false })).rejects.toMatchObject(refused);
  });

  it("a stranger, when the rule that made the origin public is gone", async () => {
    const { world } = await movieWorld(OPEN);
    const tenant: Tenant = { ...ACME, originRules: [] };
    await expect(ask(world, { trusted: false, tenant })).rejects.toMatchObject(refused);
  });

  it("another tenant's caller", async () => {
    const { world } = await movieWorld(OPEN);
    const tenant: Tenant = { ...ACME, id: tenantId("other") };
    await expect(ask(world, { tenant })).rejects.toMatchObject(refused);
  });

  it.each([
    ["that was purged", "purged"],
    ["whose fill failed", "failed"],
    ["that is being filled", "filling"],
    ["that the origin has changed since", "stale"],
  ])("an entry %s", async (_, state) => {
    const { world, source, entry } = await movieWorld();
    const { key } = source;
    await world.index.remove(key);
    if (state === "stale") await world.ledger.markStale(key, entry.copy.generation, NOON);
    else await world.ledger.purge(key, NOON + 1, false, NOON);
    const note = { ...source, sourceUrl: OPEN, boundTo: source.identity, fence: NOON + 2, trusted: true };
    if (state !== "stale" && state !== "purged")
      await world.ledger.noteFills([{ ...note, expiresAt: null, tags: [] }], NOON);
    if (state === "failed") await world.ledger.fail(key, NOON + 2, { code: "X", message: "x" }, true, NOON);
    expect(await world.ledger.find(key)).toMatchObject({ state });
    await expect(ask(world)).rejects.toMatchObject(refused);
  });

  it("an entry that the tenant wanted gone by now, whether the index knows or not", async () => {
    const { world } = await movieWorld(URL_A, { trusted: true, expiresAt: NOON + HOUR });
    world.clock.set(NOON + HOUR);
    await expect(ask(world)).rejects.toMatchObject(refused);
    world.index.entries.clear();
    await expect(ask(world)).rejects.toMatchObject(refused);
  });
});

describe("a download by key while parts are down", () => {
  it("is answered by the ledger when the index fails", async () => {
    const { world } = await movieWorld();
    expect(await ask({ ...world, index: failing(world.index) })).toMatchObject({ cacheStatus: "snapbyte; hit" });
  });

  it("is 503 when nobody can say, after both budgets", async () => {
    const { world } = await movieWorld();
    useFakeTimers();
    const parts = { ...world, index: hanging(world.index), ledger: hanging(world.ledger) };
    await expect(passingTime(ask(parts))).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  it("is 503 for a stranger as well: an outage tells nothing of what is there", async () => {
    const { world } = await movieWorld();
    const parts = { ...world, index: failing(world.index), ledger: failing(world.ledger) };
    await expect(ask(parts, { trusted: false, key: "nothing" })).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
