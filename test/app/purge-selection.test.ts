import { describe, expect, it } from "vitest";
import { PURGED_AT_ONCE, purgeSelection } from "../../src/app/purge-selection.ts";
import { entryTag, tenantTag } from "../../src/core/cached-copy.ts";
import { keyText } from "../../src/core/entry-key.ts";
import type { PurgeSelection } from "../../src/core/purge/selection.ts";
import { WITHDRAWN_AFTER_MS } from "../../src/ports/withdrawals.ts";
import { NOON, SECOND, tenantId } from "../core/samples.ts";
import { BY, heldOf, purgeAs, withdrawnTimes, worldOf } from "./purging.ts";
import {
  ACME,
  failing,
  fillAll,
  isClaimed,
  makeReady,
  makeWorld,
  reported,
  sourceOf,
  URL_A,
  URL_B,
  want,
} from "./world.ts";

const ALL: PurgeSelection = { by: "all" };
const RULE = { scheme: "https", host: "*.amazonaws.com", port: 443, pathPrefix: "/" } as const;

describe("a purge of several", () => {
  it.each<[string, PurgeSelection, string[]]>([
    ["keys", { by: "keys", keys: ["a/1", "b"] }, ["a/2", "c"]],
    ["a prefix of keys", { by: "key-prefix", prefix: "a/" }, ["b", "c"]],
    ["a prefix of URLs", { by: "url-prefix", prefix: "https://bucket.s3.amazonaws.com/a/" }, ["b", "c"]],
    ["an origin", { by: "origin", id: 1, rule: RULE }, []],
    ["everything", ALL, []],
  ])("by %s removes these and no others", async (_, selection, left) => {
    const made = await worldOf("a/1", "a/2", "b", "c");
    const outcome = await purgeAs(made.world, selection);
    expect(outcome).toMatchObject({ done: true, purged: 4 - left.length });
    expect(heldOf(made)).toEqual(left);
  });

  it("by a tag removes what a fill or its origin's rule gave that name", async () => {
    const world = makeWorld();
    const [a, b] = [await sourceOf(URL_A, "a"), await sourceOf(URL_B, "b")];
    await makeReady(world, a, { tags: ["sale", "v1"] });
    await makeReady(world, b, { tags: ["v1"] });
    world.clock.advance(SECOND);
    expect(await purgeAs(world, { by: "tag", tag: "sale" })).toMatchObject({ purged: 1 });
    expect(await world.ledger.find(a.key)).toMatchObject({ state: "purged" });
    expect(await world.ledger.find(b.key)).toMatchObject({ state: "ready" });
  });

  it("tells which keys there was nothing of", async () => {
    const { world } = await worldOf("a");
    expect(await purgeAs(world, { by: "keys", keys: ["x", "a", "y"] })).toEqual({
      ...{ done: true, purged: 1, missing: ["x", "y"] },
    });
  });

  it("finds nothing a second time, and harms nobody", async () => {
    const { world } = await worldOf("a", "b");
    expect(await purgeAs(world, ALL)).toEqual({ done: true, purged: 2, missing: null });
    expect(await purgeAs(world, ALL)).toEqual({ done: true, purged: 0, missing: null });
  });

  it("is the tenant's own", async () => {
    const made = await worldOf("a");
    const other = tenantId("other");
    await purgeSelection(other, { selection: ALL, soft: false }, BY, made.world);
    await purgeSelection(other, { selection: { by: "keys", keys: ["a"] }, soft: false }, BY, made.world);
    expect(heldOf(made)).toEqual(["a"]);
  });

  it("by key stops a fill that the ledger has not heard of", async () => {
    const world = makeWorld();
    const source = await sourceOf(URL_A, "a");
    await want(source, world);
    expect(await purgeAs(world, { by: "keys", keys: ["a"] })).toMatchObject({ purged: 1, missing: [] });
    expect(isClaimed(world, source.key)).toBe(false);
    await fillAll(world);
    expect(await world.ledger.find(source.key)).toBeNull();
  });

  it("spares what was made since it was asked for", async () => {
    const { world, key } = await worldOf("a", "b");
    const began = world.clock.now();
    const selection = async () =>
      await world.ledger.select(ACME.id, ALL, { before: began, purgedSince: null, cursor: null, limit: 9 });
    await purgeAs(world, { by: "keys", keys: ["a"] });
    world.clock.advance(SECOND);
    await makeReady(world, await sourceOf("https://files.example.com/open/a", "a").then(withAnswer(world)));
    expect((await selection()).keys).toEqual([key("b")]);
  });
});

/** A source that the origin has from now on. */
function withAnswer(world: ReturnType<typeof makeWorld>) {
  return (source: Awaited<ReturnType<typeof sourceOf>>) => {
    world.origin.answers.set(source.url.fetchText, { status: 200, headers: { etag: '"x"' }, body: new Uint8Array(1) });
    return source;
  };
}

describe("what caches keep", () => {
  it("counts no more before the call ends, and the network is told by tags", async () => {
    const { world, key } = await worldOf("a", "b");
    await purgeAs(world, { by: "keys", keys: ["a", "x"] });
    expect(await withdrawnTimes(world, key("a"))).toBeGreaterThan(0);
    expect(world.pauses).toEqual([WITHDRAWN_AFTER_MS]);
    expect(world.cdn.calls).toEqual([[entryTag(key("a"))]]);
  });

  it("goes with one tag where all of a tenant's does", async () => {
    const { world } = await worldOf("a", "b");
    await purgeAs(world, ALL);
    expect(world.cdn.calls).toEqual([[tenantTag(ACME.id)]]);
  });

  it("is left alone by a soft purge, which nobody waits for", async () => {
    const { world, key } = await worldOf("a");
    await purgeAs(world, ALL, true);
    expect(await withdrawnTimes(world, key("a"))).toBe(0);
    expect([world.pauses, world.cdn.calls]).toEqual([[], []]);
  });
});

describe("a purge of more than one call may do", () => {
  const keysOf = (count: number) => Array.from({ length: count }, (_, at) => `key-${at}`);

  it.each([
    [PURGED_AT_ONCE, true],
    [PURGED_AT_ONCE + 1, false],
  ])("is queued: of %i keys it is done at once: %s", async (count, done) => {
    const world = makeWorld();
    const keys = keysOf(count);
    const outcome = await purgeAs(world, { by: "keys", keys });
    expect(outcome.done).toBe(done);
    expect(world.purges.waiting).toHaveLength(done ? 0 : 1);
    if (outcome.done) return;
    expect(await world.purgeJobs.find({ tenant: ACME.id, id: outcome.job })).toEqual({
      ...{ tenant: ACME.id, id: outcome.job, selection: { by: "keys", keys }, soft: false },
      ...{ purged: 0, createdAt: NOON, finishedAt: null },
    });
    expect(world.purges.take()).toEqual([
      {
        ...{ version: 1, kind: "purge", tenant: ACME.id, job: outcome.job },
        ...{ cursor: null, ended: false, failed: [], purged: 0, requestId: "request-1" },
      },
    ]);
  });

  it("is queued where nobody can say in time what it is about", async () => {
    const { world } = await worldOf("a");
    const ledger = { ...world.ledger, select: async () => ({ keys: [], cursor: "and so on" }) };
    expect(await purgeSelection(ACME.id, { selection: ALL, soft: true }, BY, { ...world, ledger })).toMatchObject({
      done: false,
    });
  });
});

describe("what was purged is written down", () => {
  it("with who asked, from where, for what, and how many it were", async () => {
    const { world } = await worldOf("a", "b");
    await purgeAs(world, { by: "key-prefix", prefix: "a" }, true, { ...BY, actor: "operator" });
    expect(world.audit.records).toEqual([
      {
        ...{ id: 1, at: world.clock.now(), tenant: ACME.id, actor: "operator", action: "purge" },
        ...{ address: "203.0.113.7", requestId: "request-1" },
        detail: { prefix: "a", soft: true, status: "done", purged: 1 },
      },
    ]);
  });

  it("also where the caller has left before the end", async () => {
    const { world } = await worldOf("a");
    const waiting: Promise<unknown>[] = [];
    const parts = { ...world, inBackground: (work: Promise<unknown>) => void waiting.push(work) };
    void purgeSelection(ACME.id, { selection: ALL, soft: false }, BY, parts);
    expect(waiting).toHaveLength(1);
    await Promise.all(waiting);
    expect(world.audit.records).toMatchObject([{ action: "purge", detail: { status: "done", purged: 1 } }]);
  });

  it("where it could not be queued, since its message may have been sent all the same", async () => {
    const world = makeWorld();
    const keys = Array.from({ length: 300 }, (_, at) => `key-${at}`);
    const wish = { selection: { by: "keys", keys }, soft: false } as const;
    const parts = { ...world, purges: failing(world.purges) };
    await expect(purgeSelection(ACME.id, wish, BY, parts)).rejects.toThrow();
    expect(world.audit.records).toMatchObject([{ action: "purge", detail: { status: "incomplete" } }]);
    await world.settled();
    expect(world.reports).toEqual([]);
  });

  it("with the job's id where it is queued", async () => {
    const world = makeWorld();
    const keys = Array.from({ length: 300 }, (_, at) => `key-${at}`);
    const outcome = await purgeAs(world, { by: "keys", keys });
    const detail = { keys: keys.slice(0, 100), keys_total: 300, soft: false, status: "queued" };
    expect(world.audit.records).toMatchObject([{ detail: { ...detail, purge: outcome.done ? "" : outcome.job } }]);
  });

  it("also when only a part of it could be done", async () => {
    const made = await worldOf("a", "b");
    const store = failing(made.world.store, "delete");
    await expect(purgeAs({ ...made.world, store }, ALL)).rejects.toThrow("this part is down");
    expect(made.world.audit.records).toMatchObject([{ detail: { all: true, status: "incomplete" } }]);
  });

  it("and a log that cannot be reached is reported, and stops no purge", async () => {
    const made = await worldOf("a");
    const audit = { ...made.world.audit, record: () => Promise.reject(new Error("this part is down")) };
    expect(await purgeAs({ ...made.world, audit }, ALL)).toMatchObject({ purged: 1 });
    expect(heldOf(made)).toEqual([]);
    expect(reported(made.world)).toEqual(["audit"]);
  });
});

describe("a purge of several that cannot reach", () => {
  const SAME: readonly PurgeSelection[] = [{ by: "keys", keys: ["a", "b", "c"] }, ALL];

  it.each(
    SAME.flatMap((each) =>
      (["gate", "ledger", "store", "index", "withdrawals"] as const).map((what) => [each, what] as const),
    ),
  )("by %o the %s rejects, and the same call again ends the work", async (selection, what) => {
    const made = await worldOf("a", "b", "c");
    const down = { ...made.world, [what]: failing(made.world[what]) };
    await expect(purgeAs(down, selection)).rejects.toThrow("this part is down");
    await purgeAs(made.world, selection);
    expect(heldOf(made)).toEqual([]);
  });

  it("one entry does the others all the same", async () => {
    const made = await worldOf("a", "b", "c");
    const { store } = made.world;
    const broken = {
      ...store,
      async delete(name: string) {
        if (name.startsWith(keyText(made.key("b")))) throw new Error("this object is stuck");
        await store.delete(name);
      },
    };
    await expect(purgeAs({ ...made.world, store: broken }, ALL)).rejects.toThrow("this object is stuck");
    expect(heldOf(made)).toEqual(["b"]);
  });

  it("the network is done all the same, and reported", async () => {
    const made = await worldOf("a");
    expect(
      await purgeAs(
        { ...made.world, cdn: { ...made.world.cdn, purgeTags: () => Promise.reject(new Error("no")) } },
        ALL,
      ),
    ).toMatchObject({ purged: 1 });
    expect(reported(made.world)).toEqual(["cdn"]);
  });

  it("the queue rejects, and a call again is another job", async () => {
    const world = makeWorld();
    const keys = Array.from({ length: 300 }, (_, at) => `key-${at}`);
    await expect(purgeAs({ ...world, purges: failing(world.purges) } as never, { by: "keys", keys })).rejects.toThrow();
    expect(await purgeAs(world, { by: "keys", keys })).toMatchObject({ done: false });
    expect(world.purges.waiting).toHaveLength(1);
  });
});
