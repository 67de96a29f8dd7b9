import { afterEach, describe, expect, it, vi } from "vitest";
import { type Ask, resolve } from "../../src/app/resolve.ts";
import { ask, BYPASS, MISS, readyWorld } from "./asking.ts";
import {
  ACME,
  failing,
  hanging,
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

const STRANGER: Omit<Ask, "source"> = {
  ...{ tenant: ACME, trusted: false, signed: null, method: "GET", requestId: "r" },
  ...{ credentialed: false, passing: null },
};

describe("whatever of ours is broken, the answer is the origin:", () => {
  const PARTS = ["index", "ledger", "gate", "queue"] as const;

  describe.each([
    ["a miss", makeWorld, MISS],
    ["a hit", readyWorld, undefined],
  ] as const)("%s", (_, make, status) => {
    it.each(PARTS)("with the %s failing", async (what) => {
      const world = await make();
      const answer = await ask({ ...world, [what]: failing(world[what]) });
      if (status) expect(answer.location).toBe(URL_A);
      expect(answer.cacheStatus).toMatch(/hit|uri-miss/);
    });

    it("with all of them failing", async () => {
      const world = await make();
      const down = Object.fromEntries(PARTS.map((what) => [what, failing(world[what])]));
      expect(await ask({ ...world, ...down })).toEqual({ location: URL_A, cacheStatus: MISS });
    });

    it("with all of them hanging, inside 100 ms", async () => {
      const world = await make();
      const source = await sourceOf();
      const down = Object.fromEntries(PARTS.map((what) => [what, hanging(world[what])]));
      useFakeTimers();
      const asked = { ...STRANGER, source };
      const { value, ms } = await passingTime(resolve(asked, { ...world, ...down }));
      expect(value).toMatchObject({ location: URL_A, cacheStatus: MISS });
      expect(ms).toBeLessThanOrEqual(100);
    });
  });

  it("a hit that no link can be made for", async () => {
    const world = await readyWorld();
    const links = { edge: failing(world.links.edge), presigned: null };
    expect(await ask({ ...world, links })).toEqual({ location: URL_A, cacheStatus: BYPASS });
    expect(reported(world)).toEqual(["link"]);
    expect(world.queue.messages).toEqual([]);
    expect(world.usage.events).toMatchObject([{ kind: "bypass", reason: "failed" }]);
  });

  it("a probe that fails", async () => {
    const world = await readyWorld();
    world.origin.answers.set(URL_A, { status: 0, error: new Error("connection refused") });
    expect(await ask(world)).toEqual({ location: URL_A, cacheStatus: MISS });
  });
});

describe("a ledger that answers late", () => {
  /** The index has forgotten, and the ledger answers when it is told to. */
  async function lateWorld(world: World) {
    world.index.entries.clear();
    const go = Promise.withResolvers<void>();
    const { find } = world.ledger;
    const ledger = {
      ...world.ledger,
      find: async (key: Parameters<typeof find>[0]) => {
        await go.promise;
        return await find(key);
      },
    };
    const source = await sourceOf();
    useFakeTimers();
    const asked = { ...STRANGER, source };
    const { value } = await passingTime(resolve(asked, { ...world, ledger }));
    expect(value).toMatchObject({ location: URL_A, cacheStatus: MISS });
    expect(world.queue.messages).toEqual([]);
    go.resolve();
    await passingTime(world.settled());
  }

  it("still has the miss filled, after the answer", async () => {
    const world = makeWorld();
    await lateWorld(world);
    expect(world.queue.messages).toHaveLength(1);
  });

  it("has nothing filled that is there, and the index learns", async () => {
    const world = await readyWorld();
    await lateWorld(world);
    expect(world.queue.messages).toEqual([]);
    expect(world.index.entries.size).toBe(1);
    expect(world.origin.calls).toEqual([]);
  });
});
