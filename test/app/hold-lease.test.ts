import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ClaimLost } from "../../src/app/fill-failed.ts";
import { holdLease } from "../../src/app/hold-lease.ts";
import { entryKeyOf } from "../../src/core/entry-key.ts";
import { SECOND } from "../core/samples.ts";
import { ACME, failing, hanging, LEASE_MS, makeWorld, reported, traced, useFakeTimers, type World } from "./world.ts";

const KEY = entryKeyOf(ACME.id, "a".repeat(43));

beforeEach(useFakeTimers);
afterEach(() => {
  vi.useRealTimers();
});

/** An attempt that has begun, holding its lease; what it asks of the gate is in `log`. */
async function working(change: (gate: World["gate"]) => World["gate"] = (gate) => gate) {
  const world = makeWorld();
  const offer = { boundTo: "object", sealedUrl: "sealed", endsAt: null };
  const fence = (await world.gate.claim(KEY, offer, false)) ?? 0;
  const holder = { fence, lane: 0, holder: "mine" };
  const other = { fence, lane: 0, holder: "other" };
  await world.gate.begin(KEY, holder);
  const log: string[] = [];
  const gate = traced("gate", change(world.gate), log);
  const lease = holdLease(gate, { key: KEY, holder, leaseMs: LEASE_MS }, world.report, async () => log.push("also"));
  return { world, other, lease, log };
}

/** Lets time pass for timers and clock alike, a second at a time. */
async function pass(world: World, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= SECOND) {
    world.clock.advance(SECOND);
    await vi.advanceTimersByTimeAsync(SECOND);
  }
}

describe("a lease", () => {
  it("is told of three times while it lasts", async () => {
    const { world, lease, log } = await working();
    await pass(world, LEASE_MS / 3 - SECOND);
    expect(log).toEqual([]);
    await pass(world, SECOND);
    expect(log).toEqual(["gate.renew", "also"]);
    await pass(world, (2 * LEASE_MS) / 3);
    expect(log).toHaveLength(6);
    lease.drop();
  });

  it("is held for as long as the work takes: nobody else begins", async () => {
    const { world, other, lease } = await working();
    await pass(world, 20 * LEASE_MS);
    expect(lease.lost.aborted).toBe(false);
    expect(await world.gate.begin(KEY, other)).toBe("busy");
    lease.drop();
  });

  it("ends when it is dropped: nothing is told of any more, and another may begin", async () => {
    const { world, other, lease, log } = await working();
    lease.drop();
    expect(vi.getTimerCount()).toBe(0);
    await pass(world, LEASE_MS);
    expect(log).toEqual([]);
    expect(lease.lost.aborted).toBe(false);
    expect(await world.gate.begin(KEY, other)).toEqual({ plan: null, url: null });
  });

  it("may be dropped twice", async () => {
    const { lease } = await working();
    lease.drop();
    lease.drop();
  });

  it("is lost to a purge, which the work hears of within a third of it", async () => {
    const { world, lease } = await working();
    await world.gate.revoke(KEY);
    await pass(world, LEASE_MS / 3);
    expect(lease.lost.aborted).toBe(true);
    expect(lease.lost.reason).toBeInstanceOf(ClaimLost);
    lease.drop();
  });

  it("is lost to another attempt that began when this one was given up for dead", async () => {
    const { world, other, lease } = await working();
    world.clock.advance(LEASE_MS);
    expect(await world.gate.begin(KEY, other)).toEqual({ plan: null, url: null });
    await pass(world, LEASE_MS / 3);
    expect(lease.lost.aborted).toBe(true);
    expect(await world.gate.renew(KEY, other)).toBe(true);
    lease.drop();
  });

  it("is lost when the fill has ended", async () => {
    const { world, other, lease } = await working();
    await world.gate.finish(KEY, other.fence, 0);
    await pass(world, LEASE_MS / 3);
    expect(lease.lost.aborted).toBe(true);
    lease.drop();
  });
});

describe("a gate that cannot be reached", () => {
  it("does not end the work, and each try is reported", async () => {
    const { world, lease } = await working(failing);
    await pass(world, LEASE_MS);
    expect(lease.lost.aborted).toBe(false);
    expect(reported(world)).toEqual(["gate", "gate", "gate"]);
    lease.drop();
  });

  it("does not end the work by hanging either", async () => {
    const { world, lease } = await working(hanging);
    await pass(world, LEASE_MS);
    expect(lease.lost.aborted).toBe(false);
    lease.drop();
  });

  it("may come back: the hold goes on", async () => {
    let down = true;
    const { world, other, lease } = await working((gate) => ({
      ...gate,
      renew: async (...attempt) => {
        if (down) throw new Error("no");
        return await gate.renew(...attempt);
      },
    }));
    await pass(world, LEASE_MS / 3);
    down = false;
    await pass(world, (2 * LEASE_MS) / 3);
    expect(await world.gate.begin(KEY, other)).toBe("busy");
    lease.drop();
  });
});
