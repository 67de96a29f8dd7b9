import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { LATE_IN_A_ROW } from "../../../src/core/patience.ts";
import { kvTenants } from "../../../src/platform/cloudflare/kv-tenant-directory.ts";
import { lastKnownTenants } from "../../../src/platform/cloudflare/last-known-tenants.ts";
import { FRESH_MS, RETRY_AFTER_MS, rememberTenants } from "../../../src/platform/cloudflare/remembered-tenants.ts";
import type { TenantDirectory } from "../../../src/ports/directory.ts";
import { knownTenant } from "../../contracts/directory.contract.ts";
import { NOON } from "../../core/samples.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { fakeTenants } from "../../fakes/directory.ts";

/** A directory of one tenant that fails, or never answers, on demand. */
function fragile() {
  const known = knownTenant();
  const name = { by: "site", value: known.tenant.site } as const;
  const behind = fakeTenants([known]);
  const state = { mood: "fine" as "fine" | "fails" | "hangs", behind, name, tenant: known.tenant };
  const directory: TenantDirectory = {
    async find(asked) {
      const tenant = await behind.find(asked);
      if (state.mood === "fails") throw new Error("the directory is away");
      return state.mood === "hangs" ? await new Promise(() => {}) : tenant;
    },
    forget: behind.forget,
  };
  return { ...state, state, directory };
}

let work: Promise<unknown>[] = [];
const background = (promise: Promise<unknown>) => {
  work.push(promise.catch(() => {}));
};
const settled = () => Promise.all(work);

beforeEach(() => {
  work = [];
});

describe("isolate memory", () => {
  test("asks once in 30 seconds", async () => {
    const { behind, name, tenant, directory } = fragile();
    const clock = fakeClock(NOON);
    const remembered = rememberTenants(directory, clock, { background });
    const somebodyElse = { by: "site", value: "nobody" } as const;
    for (const elapsed of [0, FRESH_MS - 1, 1]) {
      clock.advance(elapsed);
      expect(await remembered.find(name)).toEqual(tenant);
      expect(await remembered.find(somebodyElse)).toBeNull();
    }
    expect(behind.calls).toEqual([name, somebodyElse, name, somebodyElse]);
  });

  test("has at hand what it would not ask for, and nothing else", async () => {
    const { name, tenant, directory } = fragile();
    const clock = fakeClock(NOON);
    const remembered = rememberTenants(directory, clock, { background });
    const nobody = { by: "site", value: "nobody" } as const;
    expect(remembered.atHand?.(name)).toBeUndefined();
    await Promise.all([remembered.find(name), remembered.find(nobody)]);
    clock.advance(FRESH_MS - 1);
    expect(remembered.atHand?.(name)).toEqual(tenant);
    expect(remembered.atHand?.(nobody)).toBeNull();
    clock.advance(1);
    expect(remembered.atHand?.(name)).toBeUndefined();
    await Promise.all([remembered.find(name), remembered.find(nobody)]);
    await remembered.forget([name, nobody]);
    expect(remembered.atHand?.(name)).toBeUndefined();
    expect(remembered.atHand?.(nobody)).toBeUndefined();
  });

  test.each(["fails", "hangs"] as const)("serves what it knows when the directory %s", async (mood) => {
    const { state, name, tenant, directory } = fragile();
    const clock = fakeClock(NOON);
    const remembered = rememberTenants(directory, clock, { background });
    await remembered.find(name);
    state.mood = mood;
    clock.advance(24 * 60 * 60_000);
    expect(await remembered.find(name)).toEqual(tenant);
  });

  test("asks a directory that failed again only after 5 seconds", async () => {
    const { state, name, behind, directory } = fragile();
    const clock = fakeClock(NOON);
    const remembered = rememberTenants(directory, clock, { background });
    await remembered.find(name);
    state.mood = "fails";
    clock.advance(FRESH_MS);
    for (let count = 0; count < 10; count++) await remembered.find(name);
    expect(behind.calls).toHaveLength(2);
    clock.advance(5_000);
    await remembered.find(name);
    expect(behind.calls).toHaveLength(3);
  });

  test("does not wait for a directory that was too slow three times in a row, until it has answered in time", async () => {
    const { state, behind, name, tenant, directory } = fragile();
    const clock = fakeClock(NOON);
    const remembered = rememberTenants(directory, clock, { background });
    await remembered.find(name);
    state.mood = "hangs";
    for (let time = 0; time < LATE_IN_A_ROW; time += 1) {
      clock.advance(FRESH_MS);
      expect(await remembered.find(name)).toEqual(tenant);
    }
    clock.advance(RETRY_AFTER_MS);
    const timers = vi.spyOn(globalThis, "setTimeout");
    expect(await remembered.find(name)).toEqual(tenant);
    expect(timers).not.toHaveBeenCalled();
    timers.mockRestore();
    expect(behind.calls).toHaveLength(1 + LATE_IN_A_ROW + 1);
    state.mood = "fine";
    clock.advance(FRESH_MS);
    expect(await remembered.find(name)).toEqual(tenant);
  });

  test("learns that a tenant is gone", async () => {
    const { behind, name, directory } = fragile();
    const clock = fakeClock(NOON);
    const remembered = rememberTenants(directory, clock, { background });
    await remembered.find(name);
    behind.known.pop();
    clock.advance(FRESH_MS);
    expect(await remembered.find(name)).toBeNull();
  });

  test("says when a tenant is another than it told before, and only then", async () => {
    const { behind, name, tenant, directory } = fragile();
    const [clock, changed] = [fakeClock(NOON), vi.fn()];
    const remembered = rememberTenants(directory, clock, { background, changed });
    const ask = async () => {
      await remembered.find(name);
      clock.advance(FRESH_MS);
    };
    await ask();
    await ask();
    expect(changed).not.toHaveBeenCalled();
    behind.known.splice(0, 1, { tenant: { ...tenant, access: "signed" }, hosts: [] });
    await ask();
    await ask();
    expect(changed).toHaveBeenCalledTimes(1);
    behind.known.pop();
    await ask();
    expect(changed).toHaveBeenCalledTimes(2);
  });

  test("says so of a change here before it is passed on, and once it is, even when that fails", async () => {
    const { name, directory } = fragile();
    const calls: string[] = [];
    const forget = async () => {
      calls.push("passed on");
      throw new Error("the directory is away");
    };
    const changed = () => void calls.push("changed");
    const remembered = rememberTenants({ ...directory, forget }, Date, { background, changed });
    await expect(remembered.forget([name])).rejects.toThrow("away");
    expect(calls).toEqual(["changed", "passed on", "changed"]);
  });

  test("knows nothing that it was never told", async () => {
    const { state, name, directory } = fragile();
    state.mood = "fails";
    await expect(rememberTenants(directory, Date, { background }).find(name)).rejects.toThrow("away");
  });
});

describe("last known, in an isolate that has just started", () => {
  test.each(["fails", "hangs"] as const)("serves what the colo knew when the directory %s", async (mood) => {
    const { state, name, tenant, directory } = fragile();
    const nobody = { by: "host", value: `${name.value}.nobody` } as const;
    const before = lastKnownTenants(caches.default, directory, background);
    await Promise.all([before.find(name), before.find(nobody)]);
    await settled();
    state.mood = mood;
    const after = lastKnownTenants(caches.default, directory, vi.fn());
    expect(await after.find(name)).toEqual(tenant);
    expect(await after.find(nobody)).toBeNull();
  });

  test("waits longer when nothing is known", async () => {
    const { name, tenant } = fragile();
    const slow = async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return tenant;
    };
    const directory = { find: slow, forget: async () => {} };
    expect(await lastKnownTenants(caches.default, directory, background).find(name)).toEqual(tenant);
  });

  test("rejects when nothing is known and the directory fails", async () => {
    const { state, name, directory } = fragile();
    state.mood = "fails";
    await expect(lastKnownTenants(caches.default, directory, background).find(name)).rejects.toThrow("away");
  });
});

describe("Workers KV", () => {
  test("answers for a directory that it has asked once", async () => {
    const { state, name, tenant, behind, directory } = fragile();
    const tenants = kvTenants(env.INDEX, directory, background);
    await tenants.find(name);
    await settled();
    state.mood = "fails";
    expect(await tenants.find(name)).toEqual(tenant);
    expect(behind.calls).toHaveLength(1);
  });

  test.each([
    ["fails", () => Promise.reject(new Error("KV is away"))],
    ["hangs", () => new Promise(() => {})],
    ["holds nonsense", async () => "{"],
  ])("that %s is passed over", async (_, get) => {
    const { name, tenant, directory } = fragile();
    const put = () => Promise.reject(new Error("KV is away"));
    const kv = { get, put } as unknown as KVNamespace;
    expect(await kvTenants(kv, directory, background).find(name)).toEqual(tenant);
    await settled();
  });

  test("that holds an answer of another version is passed over", async () => {
    const { name, tenant, behind, directory } = fragile();
    const { fill: _, ...older } = tenant;
    await env.INDEX.put(`tenant:site:${name.value}`, JSON.stringify({ version: 2, tenant: older }));
    expect(await kvTenants(env.INDEX, directory, background).find(name)).toEqual(tenant);
    expect(behind.calls).toHaveLength(1);
  });
});

/** The directory `inner` whose next answer is held back until `release` is called. */
function heldBack(inner: TenantDirectory) {
  const [asked, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let held = false;
  const directory: TenantDirectory = {
    async find(name) {
      const answer = inner.find(name);
      if (held) return await answer;
      held = true;
      await answer;
      asked.resolve();
      await released.promise;
      return await answer;
    },
    forget: inner.forget,
  };
  return { directory, asked: asked.promise, release: released.resolve };
}

const LAYERS: [string, (inner: TenantDirectory) => TenantDirectory][] = [
  ["isolate memory", (inner) => rememberTenants(inner, Date, { background })],
  ["last known", (inner) => lastKnownTenants(caches.default, inner, background)],
  ["Workers KV", (inner) => kvTenants(env.INDEX, inner, background)],
];

describe("forgetting", () => {
  test.each(LAYERS)("%s does not keep an answer that was on its way", async (_, layer) => {
    const { behind, state, name, tenant, directory } = fragile();
    const { directory: slow, asked, release } = heldBack(directory);
    const layered = layer(slow);
    const early = layered.find(name);
    await asked;
    const changed = { ...tenant, access: "public" } as const;
    behind.known.splice(0, 1, { tenant: changed, hosts: [] });
    await layered.forget([name]);
    release();
    expect(await early).toEqual(tenant);
    await settled();
    expect(await layered.find(name)).toEqual(changed);
    // What an isolate that has just started finds, the directory being away, is not the old answer either.
    await settled();
    state.mood = "fails";
    const later = await layer(directory)
      .find(name)
      .catch(() => null);
    expect([changed, null]).toContainEqual(later);
  });

  test.each(LAYERS)("%s tells the directory behind it", async (_, layer) => {
    const { behind, name, directory } = fragile();
    await layer(directory).forget([name]);
    expect(behind.forgotten).toEqual([name]);
  });

  test("isolate memory drops what came in while the directory behind it was still forgetting", async () => {
    const { behind, name, tenant, directory } = fragile();
    const forgotten = Promise.withResolvers<void>();
    const remembered = rememberTenants({ ...directory, forget: () => forgotten.promise }, Date, { background });
    const forgetting = remembered.forget([name]);
    expect(await remembered.find(name)).toEqual(tenant);
    behind.known.pop();
    forgotten.resolve();
    await forgetting;
    expect(await remembered.find(name)).toBeNull();
  });

  test("a write that comes after it is taken back", async () => {
    const { behind, name, directory } = fragile();
    const released = Promise.withResolvers<void>();
    const put: KVNamespace["put"] = async (...args: [string, string]) => {
      await released.promise;
      await env.INDEX.put(...args);
    };
    const kv = { get: env.INDEX.get.bind(env.INDEX), delete: env.INDEX.delete.bind(env.INDEX), put };
    const tenants = kvTenants(kv as unknown as KVNamespace, directory, background);
    await tenants.find(name);
    behind.known.pop();
    await tenants.forget([name]);
    released.resolve();
    await settled();
    expect(await tenants.find(name)).toBeNull();
  });

  test.each([
    ["fails", () => Promise.reject(new Error("it is away"))],
    ["throws", () => expect.fail("it is away")],
    ["hangs", () => new Promise<never>(() => {})],
  ])("comes to an end when KV or the cache %s", async (_, remove) => {
    vi.useFakeTimers();
    try {
      const { behind, name, directory } = fragile();
      const kv = kvTenants({ delete: remove } as unknown as KVNamespace, directory, background);
      const forgetting = lastKnownTenants({ delete: remove } as unknown as Cache, kv, background).forget([name]);
      await vi.advanceTimersByTimeAsync(5_000);
      await expect(forgetting).resolves.toBeUndefined();
      expect(behind.forgotten).toEqual([name]);
    } finally {
      vi.useRealTimers();
    }
  });
});
