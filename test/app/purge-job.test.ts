import { describe, expect, it } from "vitest";
import { describePurge, workOnPurge } from "../../src/app/purge-job.ts";
import { tenantTag } from "../../src/core/cached-copy.ts";
import { type EntryKey, keyText } from "../../src/core/entry-key.ts";
import { CLOCK_SKEW_MS } from "../../src/core/purge/purge-job.ts";
import { MAX_FAILED, type PurgeMessage } from "../../src/core/purge/purge-message.ts";
import type { PurgeSelection } from "../../src/core/purge/selection.ts";
import { MINUTE, SECOND, tenantId } from "../core/samples.ts";
import { heldOf, type WorldOfKeys, worldOf } from "./purging.ts";
import { ACME, failing, fillAll, HELLO, makeReady, reported, sourceOf, type World, want } from "./world.ts";

const DONE = { done: true };
const NAMES = Array.from({ length: 7 }, (_, at) => `key-${at}`);

/** A job that waits, over entries of which there are more than a page. */
async function jobWorld(selection: PurgeSelection = { by: "all" }, soft = false) {
  const made = await worldOf(...NAMES);
  const { world } = made;
  const job = { tenant: ACME.id, id: "job-1" };
  await world.purgeJobs.begin({ ...job, selection, soft }, world.clock.now());
  const message: PurgeMessage = {
    ...{ version: 1, kind: "purge", tenant: ACME.id, job: job.id },
    ...{ cursor: null, ended: false, failed: [], purged: 0, requestId: "request-1" },
  };
  return { ...made, job, message };
}

/** The ledger in pages of two. */
function smallPages(world: World): World {
  const select: World["ledger"]["select"] = (tenant, selection, page) =>
    world.ledger.select(tenant, selection, { ...page, limit: Math.min(2, page.limit) });
  return { ...world, ledger: { ...world.ledger, select } };
}

/** Works on messages until none is left, and says how many it were. */
async function workAll(message: PurgeMessage, world: World): Promise<number> {
  let count = 0;
  for (let waiting = [message]; waiting.length > 0; waiting = world.purges.take()) {
    for (const each of waiting) expect(await workOnPurge(each, world)).toEqual(DONE);
    count += waiting.length;
  }
  return count;
}

const jobOf = ({ world, job }: WorldOfKeys & { job: { tenant: typeof ACME.id; id: string } }) =>
  describePurge(ACME.id, job.id, world);

describe("a large purge", () => {
  it("goes through all pages, counts what there was, and ends", async () => {
    const made = await jobWorld();
    expect(await workAll(made.message, smallPages(made.world))).toBe(1);
    expect(heldOf(made)).toEqual([]);
    expect(await jobOf(made)).toMatchObject({ purged: 7, finishedAt: made.world.clock.now() });
  });

  it("of keys goes through those, whether there is anything of them or not", async () => {
    const made = await jobWorld({ by: "keys", keys: ["x", ...NAMES.slice(0, 3), "y"] });
    await workAll(made.message, made.world);
    expect(heldOf(made)).toEqual(NAMES.slice(3));
    expect(await jobOf(made)).toMatchObject({ purged: 3 });
  });

  it("sends itself on when its time is over, and goes on where it was", async () => {
    const made = await jobWorld();
    const world = smallPages(made.world);
    const revoke: World["gate"]["revoke"] = async (key) => {
      world.clock.advance(31 * SECOND);
      return await made.world.gate.revoke(key);
    };
    expect(await workAll(made.message, { ...world, gate: { ...world.gate, revoke } })).toBe(4);
    expect(await jobOf(made)).toMatchObject({ purged: 7, finishedAt: expect.any(Number) });
  });

  it("has the network let go of all, waits until everybody knows, and is written down once", async () => {
    const made = await jobWorld();
    await workAll(made.message, made.world);
    await workAll(made.message, made.world);
    expect(made.world.cdn.calls).toEqual([[tenantTag(ACME.id)]]);
    expect(made.world.pauses).toHaveLength(1);
    expect(made.world.audit.records).toMatchObject([
      {
        actor: "schedule",
        action: "purge.done",
        detail: { purge: "job-1", soft: false, purged: 7 },
        requestId: "request-1",
      },
    ]);
  });

  it("may be a soft one: everything is served, and wanted anew", async () => {
    const made = await jobWorld({ by: "all" }, true);
    await workAll(made.message, smallPages(made.world));
    expect(heldOf(made)).toEqual(NAMES);
    expect(await made.world.ledger.find(made.key("key-3"))).toMatchObject({ state: "ready", refreshWanted: true });
    expect(await jobOf(made)).toMatchObject({ purged: 7 });
    expect(made.world.pauses).toEqual([]);
  });
});

describe("a message that is delivered again", () => {
  it.each([true, false])("counts nothing twice (soft: %s)", async (soft) => {
    const made = await jobWorld({ by: "all" }, soft);
    const world = smallPages(made.world);
    await workAll(made.message, { ...world, purgeJobs: { ...world.purgeJobs, finish: async () => false } });
    await workAll(made.message, world);
    expect(await jobOf(made)).toMatchObject({ purged: 7 });
  });

  it("while the first is at work purges nothing twice and counts no more than there is", async () => {
    const made = await jobWorld();
    const world = smallPages(made.world);
    await Promise.all([workOnPurge(made.message, world), workOnPurge(made.message, world)]);
    expect(heldOf(made)).toEqual([]);
    expect((await jobOf(made)).purged).toBeLessThanOrEqual(7);
    expect(made.world.audit.records).toHaveLength(1);
  });

  it("after the end finds nothing to do, and purges nothing that was made since", async () => {
    const made = await jobWorld();
    await workAll(made.message, made.world);
    await refill(made, "key-0");
    expect(await workOnPurge(made.message, made.world)).toEqual(DONE);
    expect(heldOf(made)).toEqual(["key-0"]);
  });

  it("of a job that is forgotten, or another tenant's, is done with", async () => {
    const made = await jobWorld();
    await workAll({ ...made.message, job: "job-2" }, made.world);
    await workAll({ ...made.message, tenant: "other" }, made.world);
    expect(heldOf(made)).toEqual(NAMES);
    await expect(describePurge(tenantId("other"), made.job.id, made.world)).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });
});

/** Has an entry filled again, as the next download would. */
async function refill({ world, key }: WorldOfKeys, name: string): Promise<void> {
  const url = "https://bucket.s3.amazonaws.com/";
  const text = [...world.origin.answers.keys()].find((each) => each.startsWith(`${url}${name}?`)) ?? "";
  await makeReady(world, await sourceOf(text, name));
  expect(await world.ledger.find(key(name))).toMatchObject({ state: "ready" });
}

describe("a large purge beside fills", () => {
  it("spares what was filled after it began, on whatever page it is", async () => {
    const made = await jobWorld();
    const { world } = made;
    world.clock.advance(CLOCK_SKEW_MS + SECOND);
    for (const name of ["key-0", "key-6"]) {
      await world.ledger.purge(made.key(name), world.clock.now(), false, world.clock.now());
      await world.index.remove(made.key(name));
      await refill(made, name);
    }
    await workAll(made.message, smallPages(world));
    expect(heldOf(made).toSorted()).toEqual(expect.arrayContaining(["key-0", "key-6"]));
    expect(await jobOf(made)).toMatchObject({ purged: 5 });
  });

  it("takes what a fill of before publishes meanwhile", async () => {
    const made = await jobWorld();
    const { world } = made;
    const source = await sourceOf([...world.origin.answers.keys()].at(-1) ?? "", "late");
    world.origin.answers.set(source.url.fetchText, HELLO);
    // Its fence is of before the job: it is claimed, and noted, and then the job begins.
    world.clock.advance(-SECOND);
    await want(source, world);
    world.clock.advance(CLOCK_SKEW_MS + MINUTE);
    await fillAll(world);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "ready" });
    await workAll(made.message, world);
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "purged" });
  });
});

describe("a large purge of which one entry cannot be purged", () => {
  /** The store, which does not let go of what this key has. */
  function stuckAt(key: EntryKey, { store }: World): World["store"] {
    const remove: World["store"]["delete"] = async (name) => {
      if (name.startsWith(keyText(key))) throw new Error("no such store");
      await store.delete(name);
    };
    return { ...store, delete: remove };
  }

  it("purges all others, on whatever page, and tries that one again until it is gone", async () => {
    const made = await jobWorld();
    const world = smallPages(made.world);
    const stuck = { ...world, store: stuckAt(made.key("key-2"), world) };
    const { id } = made.key("key-2");
    await workOnPurge(made.message, stuck);
    expect(heldOf(made)).toEqual(["key-2"]);
    const left = { ...made.message, ended: true, failed: [id], purged: 6, cursor: expect.any(String) };
    expect(world.purges.waiting).toEqual([{ message: left, delaySeconds: 30 }]);
    expect(reported(world)).toEqual(["purge"]);
    await workOnPurge(world.purges.take()[0] as PurgeMessage, stuck);
    expect(world.purges.waiting).toEqual([{ message: left, delaySeconds: 30 }]);
    await workAll(world.purges.take()[0] as PurgeMessage, world);
    expect(heldOf(made)).toEqual([]);
    expect(await jobOf(made)).toMatchObject({ purged: 7, finishedAt: expect.any(Number) });
  });

  it("leaves alone meanwhile what was filled again", async () => {
    const made = await jobWorld();
    const { world } = made;
    const stuck = { ...world, store: stuckAt(made.key("key-2"), world) };
    await workOnPurge(made.message, stuck);
    await refill(made, "key-0");
    await workOnPurge(world.purges.take()[0] as PurgeMessage, stuck);
    expect(heldOf(made)).toEqual(["key-0", "key-2"]);
  });

  it("waits where it is when more fail than a message can name", async () => {
    const made = await jobWorld();
    const failed = new Array<string>(MAX_FAILED).fill(made.key("key-0").id);
    const full: PurgeMessage = { ...made.message, failed };
    await workOnPurge(full, { ...made.world, store: stuckAt(made.key("key-2"), made.world) });
    expect(made.world.purges.waiting).toEqual([{ message: full, delaySeconds: 30 }]);
  });
});

describe("a large purge that cannot reach", () => {
  it.each(["gate", "ledger", "store", "index", "withdrawals"] as const)(
    "the %s comes back later, with what is left, and ends",
    async (what) => {
      const made = await jobWorld();
      expect(await workOnPurge(made.message, { ...made.world, [what]: failing(made.world[what]) })).toEqual(DONE);
      expect(reported(made.world)).toEqual(["purge"]);
      const [left] = made.world.purges.waiting;
      expect(left).toMatchObject({ message: { job: made.job.id, purged: 0 }, delaySeconds: 30 });
      expect([0, NAMES.length]).toContain(left?.message.failed.length);
      await workAll(made.world.purges.take()[0] as PurgeMessage, made.world);
      expect(heldOf(made)).toEqual([]);
      expect(await jobOf(made)).toMatchObject({ finishedAt: expect.any(Number) });
    },
  );

  it("its job, or the queue, has the message delivered again", async () => {
    const made = await jobWorld();
    const down = { ...made.world, purgeJobs: failing(made.world.purgeJobs) };
    await expect(workOnPurge(made.message, down as never)).rejects.toThrow();
    const both = { ...made.world, gate: failing(made.world.gate), purges: failing(made.world.purges) };
    await expect(workOnPurge(made.message, both as never)).rejects.toThrow();
    await workAll(made.message, made.world);
    expect(heldOf(made)).toEqual([]);
  });
});
