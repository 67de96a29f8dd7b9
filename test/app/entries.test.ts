import { describe, expect, it } from "vitest";
import { describeEntry, listEntries, purgeEntry } from "../../src/app/entries.ts";
import { MINUTE, NOON, SECOND, tenantId } from "../core/samples.ts";
import { ACME, failing, makeReady, makeWorld, reported, sourceOf, tracesOf, URL_A, URL_B, want } from "./world.ts";

const OTHER = tenantId("other");
const ALL = { state: null, cursor: null, limit: 10 };

async function movieWorld(wish: Parameters<typeof makeReady>[2] = {}) {
  const world = makeWorld();
  const source = await sourceOf(URL_A, "movie");
  const entry = await makeReady(world, source, wish);
  return { world, entry, key: source.key };
}

describe("an entry", () => {
  it("is found by the key of the caller's own, and by that of its URL", async () => {
    const { world, entry } = await movieWorld();
    const plain = await makeReady(world, await sourceOf());
    expect(await describeEntry(ACME.id, "movie", world)).toEqual(entry);
    expect(await describeEntry(ACME.id, plain.publicKey, world)).toEqual(plain);
  });

  it("tells nothing of its URL's signature", async () => {
    const { world } = await movieWorld();
    const { sourceUrl } = await describeEntry(ACME.id, "movie", world);
    expect(sourceUrl).toBe("https://bucket.s3.amazonaws.com/a.mp4");
  });

  it.each([
    ["nobody has", ACME.id, "nothing"],
    ["another tenant has", OTHER, "movie"],
  ])("that %s is not found", async (_, tenant, key) => {
    const { world } = await movieWorld();
    await expect(describeEntry(tenant, key, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(purgeEntry(tenant, key, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is removed on sight when its moment has come", async () => {
    const { world, entry, key } = await movieWorld({ expiresAt: NOON + MINUTE });
    world.clock.set(NOON + MINUTE - 1);
    expect(await describeEntry(ACME.id, "movie", world)).toEqual(entry);
    world.clock.set(NOON + MINUTE);
    const gone = { ...entry, state: "purged", copy: null };
    expect(await describeEntry(ACME.id, "movie", world)).toEqual(gone);
    expect(tracesOf(world, key)).toEqual([]);
    expect(await describeEntry(ACME.id, "movie", world)).toMatchObject({ state: "purged", expiresAt: NOON + MINUTE });
  });

  it("is told of after a purge", async () => {
    const { world, key } = await movieWorld();
    await purgeEntry(ACME.id, "movie", world);
    expect(tracesOf(world, key)).toEqual([]);
    expect(await describeEntry(ACME.id, "movie", world)).toMatchObject({ state: "purged", copy: null });
    await expect(purgeEntry(ACME.id, "movie", world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("that is only wanted can be purged before the ledger knows it", async () => {
    const world = makeWorld();
    await want(await sourceOf(URL_A, "movie"), world);
    await purgeEntry(ACME.id, "movie", world);
    await expect(describeEntry(ACME.id, "movie", world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("a list of entries", () => {
  /** Three entries, changed one second after the other, the first of which has failed. */
  async function worldOfThree() {
    const world = makeWorld();
    for (const name of ["a", "b", "c"]) {
      world.clock.advance(SECOND);
      await makeReady(world, await sourceOf(URL_B, name));
    }
    const { key } = await sourceOf(URL_B, "a");
    await world.ledger.purge(key, NOON + MINUTE, false, NOON);
    return world;
  }

  it("has those first that changed last", async () => {
    const { entries, cursor } = await listEntries(ACME.id, ALL, await worldOfThree());
    expect(entries.map(({ publicKey }) => publicKey)).toEqual(["c", "b", "a"]);
    expect(cursor).toBeNull();
  });

  it("comes in pages", async () => {
    const world = await worldOfThree();
    const first = await listEntries(ACME.id, { ...ALL, limit: 2 }, world);
    expect(first.entries).toHaveLength(2);
    const rest = await listEntries(ACME.id, { ...ALL, limit: 2, cursor: first.cursor }, world);
    expect(rest).toMatchObject({ entries: [{ publicKey: "a" }], cursor: null });
  });

  it("may be of one state", async () => {
    const { entries } = await listEntries(ACME.id, { ...ALL, state: "purged" }, await worldOfThree());
    expect(entries).toMatchObject([{ publicKey: "a" }]);
  });

  it("is the tenant's own", async () => {
    expect(await listEntries(OTHER, ALL, await worldOfThree())).toEqual({ entries: [], cursor: null });
  });

  it("says what is wrong with a cursor that it did not give", async () => {
    const listed = listEntries(ACME.id, { ...ALL, cursor: "???" }, await worldOfThree());
    await expect(listed).rejects.toMatchObject({ code: "INVALID_FIELD" });
  });
});

describe("while a part is down, a caller who may come again gets 503:", () => {
  const UNAVAILABLE = { code: "UNAVAILABLE" };

  it("the ledger, for whatever is asked", async () => {
    const { world } = await movieWorld();
    const down = { ...world, ledger: failing(world.ledger) };
    await expect(describeEntry(ACME.id, "movie", down)).rejects.toMatchObject(UNAVAILABLE);
    await expect(listEntries(ACME.id, ALL, down)).rejects.toMatchObject(UNAVAILABLE);
    await expect(purgeEntry(ACME.id, "movie", down)).rejects.toMatchObject(UNAVAILABLE);
    expect(reported(world)).toEqual(["entries", "entries", "entries"]);
  });

  it.each(["gate", "store"] as const)("the %s, for a purge and on the sight of an expired entry", async (what) => {
    const { world } = await movieWorld({ expiresAt: NOON + MINUTE });
    world.clock.set(NOON + MINUTE);
    const down = { ...world, [what]: failing(world[what]) };
    await expect(purgeEntry(ACME.id, "movie", down)).rejects.toMatchObject(UNAVAILABLE);
    await expect(describeEntry(ACME.id, "movie", down)).rejects.toMatchObject(UNAVAILABLE);
    await purgeEntry(ACME.id, "movie", world);
  });
});
