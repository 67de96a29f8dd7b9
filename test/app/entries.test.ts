import { describe, expect, it, vi } from "vitest";
import { describeEntry, listEntries, purgeEntry } from "../../src/app/entries.ts";
import type { AuditBy } from "../../src/core/audit.ts";
import type { EntryState } from "../../src/core/entry.ts";
import { type EntryKey, keyText } from "../../src/core/entry-key.ts";
import type { FillProgress } from "../../src/core/fills/fill-plan.ts";
import { MINUTE, NOON, SECOND, tenantId } from "../core/samples.ts";
import {
  ACME,
  failing,
  makeReady,
  makeWorld,
  passingTime,
  reported,
  sourceOf,
  tracesOf,
  URL_A,
  URL_B,
  useFakeTimers,
  want,
} from "./world.ts";

const OTHER = tenantId("other");
const BY: AuditBy = { actor: "tenant", address: "203.0.113.7", requestId: "request-1" };
const ALL = { state: null, tag: null, match: null, cursor: null, limit: 10 } as const;

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
    expect(await describeEntry(ACME.id, "movie", world)).toEqual({ entry, progress: null });
    expect(await describeEntry(ACME.id, plain.publicKey, world)).toEqual({ entry: plain, progress: null });
  });

  it("tells nothing of its URL's signature", async () => {
    const { world } = await movieWorld();
    const { entry } = await describeEntry(ACME.id, "movie", world);
    expect(entry.sourceUrl).toBe("https://bucket.s3.amazonaws.com/a.mp4");
  });

  it.each([
    ["nobody has", ACME.id, "nothing"],
    ["another tenant has", OTHER, "movie"],
  ])("that %s is not found", async (_, tenant, key) => {
    const { world } = await movieWorld();
    await expect(describeEntry(tenant, key, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(purgeEntry(tenant, key, false, BY, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is removed on sight when its moment has come", async () => {
    const { world, entry, key } = await movieWorld({ expiresAt: NOON + MINUTE });
    world.clock.set(NOON + MINUTE - 1);
    expect(await describeEntry(ACME.id, "movie", world)).toEqual({ entry, progress: null });
    world.clock.set(NOON + MINUTE);
    const gone = { ...entry, state: "purged", copy: null };
    expect(await describeEntry(ACME.id, "movie", world)).toEqual({ entry: gone, progress: null });
    expect(tracesOf(world, key)).toEqual([]);
    expect(await describeEntry(ACME.id, "movie", world)).toMatchObject({
      entry: { state: "purged", expiresAt: NOON + MINUTE },
    });
  });

  it("is told of after a purge", async () => {
    const { world, key } = await movieWorld();
    await purgeEntry(ACME.id, "movie", false, BY, world);
    expect(tracesOf(world, key)).toEqual([]);
    expect(await describeEntry(ACME.id, "movie", world)).toMatchObject({ entry: { state: "purged", copy: null } });
    await expect(purgeEntry(ACME.id, "movie", false, BY, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("that is only wanted can be purged before the ledger knows it", async () => {
    const world = makeWorld();
    await want(await sourceOf(URL_A, "movie"), world);
    await purgeEntry(ACME.id, "movie", false, BY, world);
    await expect(describeEntry(ACME.id, "movie", world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("how far a fill has come", () => {
  const PROGRESS: FillProgress = { bytes: 16, totalBytes: 40, parts: 2, totalParts: 5, attempts: 3 };

  /** A world whose ledger has the entry in this state, and whose gate says this of it, whom nobody else may ask. */
  async function worldIn(state: EntryState, progress: () => Promise<FillProgress | null> = async () => PROGRESS) {
    const world = makeWorld();
    const { key, identity } = await sourceOf(URL_A, "movie");
    const trusted = { trusted: true, expiresAt: null, tags: [] };
    const note = { key, publicKey: "movie", fence: 1, boundTo: identity, sourceUrl: "https://a.example/", ...trusted };
    await world.ledger.noteFills([note], NOON);
    const row = world.ledger.rows.get(keyText(key));
    if (row) world.ledger.rows.set(keyText(key), { ...row, state });
    const asked: EntryKey[] = [];
    const gate = {
      ...world.gate,
      async progress(of: EntryKey) {
        asked.push(of);
        return await progress();
      },
    };
    return { ...world, gate, key, asked };
  }

  it.each(["filling", "stale"] as const)("is told of an entry that is %s", async (state) => {
    const world = await worldIn(state);
    const described = await describeEntry(ACME.id, "movie", world);
    expect(described).toMatchObject({ entry: { state }, progress: PROGRESS });
    expect(world.asked).toEqual([world.key]);
  });

  it("is null where the gate knows of none", async () => {
    const world = await worldIn("filling", async () => null);
    expect(await describeEntry(ACME.id, "movie", world)).toMatchObject({ progress: null });
    expect(reported(world)).toEqual([]);
  });

  it.each(["ready", "purged", "failed"] as const)("is not asked for where the entry is %s", async (state) => {
    const world = await worldIn(state);
    expect(await describeEntry(ACME.id, "movie", world)).toMatchObject({ entry: { state }, progress: null });
    expect(world.asked).toEqual([]);
  });

  it.each([
    ["is down", () => Promise.reject(new Error("the gate is down"))],
    ["never answers", () => new Promise<never>(() => {})],
  ])("is null, and a report, while the gate %s", async (_, progress) => {
    useFakeTimers();
    try {
      const world = await worldIn("filling", progress);
      const { value } = await passingTime(describeEntry(ACME.id, "movie", world));
      expect(value).toMatchObject({ entry: { state: "filling" }, progress: null });
      expect(reported(world)).toEqual(["progress"]);
    } finally {
      vi.useRealTimers();
    }
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

  it("may be of what a text finds", async () => {
    const find = async (text: string) =>
      (await listEntries(ACME.id, { ...ALL, match: { by: "contains", text } }, await worldOfThree())).entries;
    expect(await find("B")).toHaveLength(3);
    expect(await find("nothing of it")).toEqual([]);
    const { entries } = await listEntries(
      ACME.id,
      { ...ALL, match: { by: "key-prefix", prefix: "b" } },
      await worldOfThree(),
    );
    expect(entries.map(({ publicKey }) => publicKey)).toEqual(["b"]);
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
    await expect(purgeEntry(ACME.id, "movie", false, BY, down)).rejects.toMatchObject(UNAVAILABLE);
    expect(reported(world)).toEqual(["entries", "entries", "entries"]);
  });

  it.each(["gate", "store"] as const)("the %s, for a purge and on the sight of an expired entry", async (what) => {
    const { world } = await movieWorld({ expiresAt: NOON + MINUTE });
    world.clock.set(NOON + MINUTE);
    const down = { ...world, [what]: failing(world[what]) };
    await expect(purgeEntry(ACME.id, "movie", false, BY, down)).rejects.toMatchObject(UNAVAILABLE);
    await expect(describeEntry(ACME.id, "movie", down)).rejects.toMatchObject(UNAVAILABLE);
    await purgeEntry(ACME.id, "movie", false, BY, world);
  });
});
