import { afterEach, describe, expect, it, vi } from "vitest";
import { type KeyAsk, resolveKey } from "../../src/app/resolve-key.ts";
import { NOTHING_WITHDRAWN, type Withdrawals } from "../../src/core/withdrawals.ts";
import type { KnownWithdrawals } from "../../src/ports/withdrawals.ts";
import { ask, BYPASS, HIT, MISS, readyWorld } from "./asking.ts";
import { SPEECHLESS, withKnowledge } from "./knowing.ts";
import {
  ACME,
  makeReady,
  makeWorld,
  passingTime,
  reported,
  sourceOf,
  URL_A,
  useFakeTimers,
  type World,
} from "./world.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** An isolate that asks once, and remembers what it was told; `questions` are those that the log got. */
function attentive(world: World) {
  const questions: string[] = [];
  let question: Promise<Withdrawals> | null = null;
  let known: Withdrawals | null = null;
  const ask: KnownWithdrawals["find"] = async (tenant) => {
    questions.push(tenant);
    known = await world.withdrawals.read(tenant);
    return known;
  };
  const find: KnownWithdrawals["find"] = (tenant) => (question ??= ask(tenant));
  return { world: withKnowledge(world, { known: () => known, find }), questions };
}

const KEY_ASK: KeyAsk = { tenant: ACME, key: "movie", trusted: true, signed: null, method: "GET" };

async function movieWorld() {
  const world = makeWorld();
  await makeReady(world, await sourceOf(URL_A, "movie"), { trusted: true });
  return world;
}

describe("the epoch of a hit's link", () => {
  it("is waited for, where a key alone leads nowhere else, as long as a log on the other side of the world takes", async () => {
    const ready = await movieWorld();
    useFakeTimers();
    const far = new Promise<Withdrawals>((resolve) => setTimeout(resolve, 400, NOTHING_WITHDRAWN));
    const world = withKnowledge(ready, { find: () => far });
    const { value, ms } = await passingTime(resolveKey(KEY_ASK, false, world));
    expect(value).toMatchObject({ cacheStatus: HIT });
    expect(ms).toBe(400);
    expect(world.reports).toEqual([]);
  });

  it.each([
    ["a URL", readyWorld, (world: World) => ask(world)],
    ["a key", movieWorld, (world: World) => resolveKey(KEY_ASK, false, world)],
  ] as const)("is asked for once, while the copy is looked up by %s", async (_, make, get) => {
    const ready = await make();
    const [asked, looked] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const { read } = ready.withdrawals;
    const withdrawals: World["withdrawals"] = {
      ...ready.withdrawals,
      async read(tenant) {
        asked.resolve();
        await looked.promise;
        return await read(tenant);
      },
    };
    const { get: find } = ready.index;
    const index: World["index"] = {
      ...ready.index,
      async get(key) {
        looked.resolve();
        await asked.promise;
        return await find(key);
      },
    };
    const { world, questions } = attentive({ ...ready, withdrawals, index });
    expect(await get(world)).toMatchObject({ cacheStatus: HIT });
    expect(questions).toEqual([ACME.id]);
    expect(await get(world)).toMatchObject({ cacheStatus: HIT });
    expect(questions).toEqual([ACME.id]);
    expect(ready.reports).toEqual([]);
  });

  it("is not asked for where the answer is the origin before anything is looked up", async () => {
    const { world, questions } = attentive(await readyWorld());
    expect(await ask(world, { credentialed: true })).toMatchObject({ cacheStatus: BYPASS });
    expect(questions).toEqual([]);
  });

  it("is not asked for by strangers to whom no key tells anything", async () => {
    const { world, questions } = attentive(await movieWorld());
    const tenant = { ...ACME, originRules: ACME.originRules.filter(({ access }) => access !== "public") };
    const asked = resolveKey({ ...KEY_ASK, tenant, trusted: false }, false, world);
    await expect(asked).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(questions).toEqual([]);
  });

  it("goes into the link, with what the link tells of the copy", async () => {
    const world = await readyWorld();
    await world.withdrawals.revokeLinks(ACME.id);
    const sign = vi.spyOn(world.links.edge, "sign");
    await ask(world);
    const { copy } = (await world.ledger.find((await sourceOf()).key)) ?? {};
    expect(sign.mock.lastCall?.[0]).toMatchObject({ epoch: 1, size: copy?.size, sha256: copy?.sha256 });
    expect(copy).toMatchObject({ size: 5, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });
});

describe.each(SPEECHLESS)("while the log of what was withdrawn %s", (_, find) => {
  it("a hit goes to the origin where no epoch was ever heard of, and counts as none", async () => {
    const ready = await readyWorld();
    useFakeTimers();
    const { value } = await passingTime(ask(withKnowledge(ready, { find })));
    expect(value).toEqual({ location: URL_A, cacheStatus: BYPASS });
    expect(reported(ready)).toEqual(["link"]);
    expect(ready.usage.events).toMatchObject([{ kind: "bypass", reason: "failed" }]);
    expect(ready.queue.messages).toEqual([]);
  });

  it("a hit is one by the last epoch that was heard of", async () => {
    const ready = await readyWorld();
    const sign = vi.spyOn(ready.links.edge, "sign");
    const lastKnown = () => ({ ...NOTHING_WITHDRAWN, epoch: 7 });
    useFakeTimers();
    const { value } = await passingTime(ask(withKnowledge(ready, { find, lastKnown })));
    expect(value).toMatchObject({ cacheStatus: HIT });
    expect(sign.mock.lastCall?.[0]).toMatchObject({ epoch: 7 });
    expect(ready.reports).toEqual([]);
  });

  it("a miss is a miss, and is filled", async () => {
    const world = makeWorld();
    useFakeTimers();
    const { value } = await passingTime(ask(withKnowledge(world, { find })));
    expect(value).toEqual({ location: URL_A, cacheStatus: MISS });
    expect(world.queue.messages).toHaveLength(1);
    expect(world.reports).toEqual([]);
  });

  it("a download that names only a key is unavailable for now, and tells nothing of what is there", async () => {
    const ready = await movieWorld();
    const world = withKnowledge(ready, { find });
    useFakeTimers();
    await expect(passingTime(resolveKey(KEY_ASK, false, world))).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(reported(ready)).toEqual(["links"]);
    expect(ready.usage.of("hit")).toEqual([]);
    const nothing = passingTime(resolveKey({ ...KEY_ASK, key: "nothing" }, false, world));
    await expect(nothing).rejects.toMatchObject({ code: "NOT_FOUND" });
    const stranger = passingTime(resolveKey({ ...KEY_ASK, trusted: false }, false, world));
    await expect(stranger).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("a download that names only a key is a hit by the last epoch that was heard of", async () => {
    const world = withKnowledge(await movieWorld(), { find, lastKnown: () => NOTHING_WITHDRAWN });
    useFakeTimers();
    expect((await passingTime(resolveKey(KEY_ASK, false, world))).value).toMatchObject({ cacheStatus: HIT });
  });
});
