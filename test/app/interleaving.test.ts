import fc, { type Scheduler } from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { purge } from "../../src/app/purge.ts";
import { purgeEntries } from "../../src/app/purge-entries.ts";
import type { Source } from "../../src/app/read-source.ts";
import { type Ask, resolve } from "../../src/app/resolve.ts";
import { keyText } from "../../src/core/entry-key.ts";
import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import { MINUTE, presigned } from "../core/samples.ts";
import { quiet } from "./quiet.ts";
import { ACME, LEASE_MS, makeReady, makeWorld, sourceOf, type World, wrapped } from "./world.ts";

/** Lives longer than any play. */
const URL = presigned("https://bucket.s3.amazonaws.com/a.mp4", { expires: "604800" });

const RUNS = 500;

const STRANGER: Omit<Ask, "source"> = {
  ...{ tenant: ACME, trusted: false, signed: null, method: "GET", requestId: "r" },
  ...{ credentialed: false, passing: null },
};

/** What may happen, some of it more often. What the index and the verdicts of origins lose, they may lose at any time. */
const STEPS = [
  ...(["miss", "miss", "fill", "fill", "duplicate", "purge", "lease ends"] as const),
  ...(["origin changes", "verdict is forgotten", "index forgets"] as const),
];
type Step = (typeof STEPS)[number];

/** `ready`: there is a copy before it all begins. */
type Plot = { readonly ready: boolean; readonly steps: readonly Step[] };

/** Where one thing may come between another: at the origin only, or at every call of every part. */
type Grain = "fills" | "calls";

/** The world, with each call waiting for its turn. */
function inTurns(world: World, scheduler: Scheduler, grain: Grain): World {
  const scheduled = <Port extends object>(name: string, port: Port) =>
    wrapped(port, async (method, call) => {
      await scheduler.schedule(Promise.resolve(), `${name}.${method}`);
      return await call();
    });
  const origin = scheduled("origin", world.origin);
  if (grain === "fills") return { ...world, origin };
  return {
    ...world,
    origin,
    gate: scheduled("gate", world.gate),
    ledger: scheduled("ledger", world.ledger),
    index: scheduled("index", world.index),
    store: scheduled("store", world.store),
  };
}

/** Plays the steps, any of which may come between any other, then lets every message come again until none is left. */
async function play(source: Source, { ready, steps }: Plot, scheduler: Scheduler, grain: Grain) {
  const world = makeWorld();
  const parts = inTurns(world, scheduler, grain);
  const messages: FillMessage[] = [];
  const revokes = vi.spyOn(world.gate, "revoke");
  let version = 1;
  world.origin.answers.set(URL, () => ({ status: 200, headers: headersOf(version), body: bodyOf(version) }));

  if (ready) await makeReady(world, source);

  const work: Record<Step, () => unknown> = {
    miss: () => resolve({ ...STRANGER, source }, parts),
    fill: async () => {
      const taken = world.queue.take();
      messages.push(...taken);
      for (const message of taken) await fill(message, 1, parts);
    },
    duplicate: async () => {
      for (const message of messages.slice(-2)) await fill(message, 2, parts);
    },
    purge: () => purge(source.key, "asked", parts),
    "lease ends": () => world.clock.advance(LEASE_MS),
    "origin changes": () => version++,
    "verdict is forgotten": () => world.clock.advance(5 * MINUTE),
    "index forgets": () => world.index.entries.clear(),
  };
  const tasks = steps.map(async (step) => {
    await scheduler.schedule(Promise.resolve(), step);
    world.clock.advance(1);
    await work[step]();
  });
  for (await quiet(); scheduler.count() > 0; await quiet()) await scheduler.waitOne();
  await Promise.all(tasks);
  await world.settled();

  messages.push(...world.queue.take());
  for (const message of [...messages, ...messages]) {
    world.clock.advance(20 * MINUTE);
    await fill(message, 3, world);
  }
  const revoked = await Promise.all(
    revokes.mock.results.map(({ value }) => value as ReturnType<World["gate"]["revoke"]>),
  );
  return { world, revoked: revoked.map(({ fence }) => fence) };
}

const headersOf = (version: number) => ({ etag: `"${version}"`, "content-length": String(version) });

/** As many bytes as the version says, and at once. */
function bodyOf(version: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(version));
      controller.close();
    },
  });
}

/** What must hold of the entry when the dust has settled. */
function check({ world, revoked }: Awaited<ReturnType<typeof play>>, { key }: Source): void {
  const row = world.ledger.rows.get(keyText(key));
  const indexed = world.index.entries.get(keyText(key));
  if (row?.copy)
    expect(row.fence, "nothing is there that began before a purge").toBeGreaterThan(Math.max(0, ...revoked));
  const object = row?.copy ? [`${keyText(key)}/${row.copy.generation}`] : [];
  expect([...world.store.objects.keys()], "the store holds what the ledger knows, and no more").toEqual(object);
  if (indexed) expect(indexed, "the index tells what the ledger knows").toMatchObject({ copy: row?.copy });
  if (indexed) expect("refreshWanted" in indexed, "and whether it is wanted anew").toBe(row?.refreshWanted);
}

describe("an entry on which everything happens at once", () => {
  async function holds(grain: Grain): Promise<void> {
    const source = await sourceOf(URL);
    const steps = fc.array(fc.constantFrom(...STEPS), { minLength: 2, maxLength: 14 });
    const plot = fc.record({ ready: fc.boolean(), steps });
    const property = fc.asyncProperty(plot, fc.scheduler(), async (drawn, scheduler) => {
      check(await play(source, drawn, scheduler, grain), source);
    });
    await fc.assert(property, { numRuns: RUNS, seed: 20_261_120 });
  }

  it("serves nothing that was purged and keeps no second object, whatever comes between the halves of a fill", async () => {
    await holds("fills");
  }, 60_000);

  it("serves nothing that was purged and keeps no second object, whatever comes between any two calls", async () => {
    await holds("calls");
  }, 60_000);

  it("ends no wish for a newer copy with an older one, whatever comes between any two calls", async () => {
    const source = await sourceOf(URL);
    const property = fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, ready) => {
      check(await playSoft(source, ready, scheduler), source);
    });
    await fc.assert(property, { numRuns: RUNS, seed: 20_261_120 });
  }, 60_000);
});

/** A fill has its bytes when its object changes and its copy is wanted anew; `ready`: there is one. */
async function playSoft(source: Source, ready: boolean, scheduler: Scheduler) {
  const world = makeWorld();
  const parts = inTurns(world, scheduler, "calls");
  let version = 1;
  let opened = Promise.withResolvers<void>();
  world.origin.answers.set(URL, () => {
    opened.resolve();
    return { status: 200, headers: headersOf(version), body: bodyOf(version) };
  });
  const soft = (on: World) => purgeEntries([source.key], { soft: true, began: world.clock.now() }, on);
  if (ready) await makeReady(world, source);
  world.clock.advance(1);
  await soft(world);
  await resolve({ ...STRANGER, source }, world);
  await world.settled();
  const [message] = world.queue.take();
  if (!message) throw new Error("nothing is wanted");
  world.clock.advance(1);
  opened = Promise.withResolvers();
  const tasks = [
    fill(message, 1, parts),
    opened.promise.then(async () => {
      version = 2;
      return soft(parts);
    }),
  ];
  for (await quiet(); scheduler.count() > 0; await quiet()) await scheduler.waitOne();
  await Promise.all(tasks);
  const row = await world.ledger.find(source.key);
  // A body has as many bytes as its version says.
  if (row?.copy && !row.refreshWanted) expect(row.copy.size, "what is wanted no more is the newest").toBe(2);
  return { world, revoked: [] };
}
