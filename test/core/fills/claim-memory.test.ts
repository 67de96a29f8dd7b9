import { describe, expect, it } from "vitest";
import { DONE_MEMORY_MS, dueAt, expire, FENCE_MEMORY_MS, leftBehind } from "../../../src/core/fills/claim-memory.ts";
import { progressOf } from "../../../src/core/fills/claim-progress.ts";
import { claim, finish, pause, revoke } from "../../../src/core/fills/claims.ts";
import { dropPlan, plan, requeue } from "../../../src/core/fills/lanes.ts";
import { HOUR, NOON } from "../samples.ts";
import { filling, holderOf, kept, offerOf, PART_BYTES, planned, planOf, queued, TIMES } from "./claiming.ts";

const { queuedMs, leaseMs, abandonedMs } = TIMES;
const ONE = holderOf(NOON);
const UPLOAD = { generation: "generation-1", uploadId: "upload-1" };

describe("time", () => {
  it("does nothing to a claim before it is due", () => {
    for (const row of [queued(), filling(), planned(3), kept(revoke(null, NOON)), pause(planned(3), NOON, NOON)]) {
      expect(row && expire(row, dueAt(row, TIMES) - 1, TIMES)).toBe(row);
    }
  });

  it("frees no claim: the message of a dead consumer comes again", () => {
    const row = filling();
    expect(expire(row, NOON + leaseMs + 4 * 24 * HOUR, TIMES)).toBe(row);
  });

  it("throws work away that nobody went on with, and keeps the fence", () => {
    const row = planned(3);
    expect(dueAt(row, TIMES)).toBe(NOON + leaseMs + abandonedMs);
    expect(expire(row, NOON + leaseMs + abandonedMs, TIMES)).toEqual({ ...row, plan: null });
    const paused = pause(row, NOON, NOON);
    expect(paused && expire(paused, NOON + abandonedMs, TIMES)).toMatchObject({ plan: null, fence: NOON });
  });

  it("leaves work alone whose message is on its way, however long that takes", () => {
    const row = requeue(planned(3), ONE, 3 * abandonedMs, NOON, TIMES);
    expect(row && dueAt(row, TIMES)).toBe(NOON + queuedMs + 4 * abandonedMs);
  });

  it("forgets a fence in the end, after longer than the queue keeps a message", () => {
    expect(FENCE_MEMORY_MS).toBeGreaterThan(4 * 24 * HOUR);
    const revoked = kept(revoke(filling(), NOON));
    expect(dueAt(revoked, TIMES)).toBe(NOON + FENCE_MEMORY_MS);
    expect(expire(revoked, NOON + FENCE_MEMORY_MS, TIMES)).toBeNull();
    expect(dueAt(queued(), TIMES)).toBe(NOON + queuedMs + FENCE_MEMORY_MS);
  });

  it("forgets what ended soon, but not before the quiet is over", () => {
    for (const [quietMs, memory] of [
      [0, DONE_MEMORY_MS],
      [HOUR, HOUR],
    ] as const) {
      const row = finish(filling(), NOON, quietMs, NOON);
      expect(row && dueAt(row, TIMES)).toBe(NOON + memory);
      expect(row && expire(row, NOON + memory, TIMES)).toBeNull();
    }
  });
});

describe("an upload is left behind", () => {
  const before = planned(3);
  it.each([
    ["by an end", finish(before, NOON, 0, NOON)],
    ["by a purge", revoke(before, NOON).claim],
    ["by a plan that is dropped", dropPlan(before, ONE, NOON, TIMES)],
    ["by another plan", plan(before, ONE, planOf(3, { uploadId: "upload-2" }), NOON, TIMES).claim],
    ["by a claim of another object", claim(before, offerOf({ boundTo: "other" }), false, NOON + HOUR, TIMES).claim],
    ["when nobody went on with it", expire(before, NOON + leaseMs + abandonedMs, TIMES)],
    ["when all is forgotten", null],
  ])("%s", (_, after) => {
    expect(leftBehind(before, after)).toEqual(UPLOAD);
  });

  it.each([
    ["by a pause", pause(before, NOON, NOON)],
    ["by an attempt that failed", requeue(before, ONE, 0, NOON, TIMES)],
    ["by another claim of the same object", claim(before, offerOf(), false, NOON + HOUR, TIMES).claim],
    ["by the same plan again", plan(before, ONE, planOf(4), NOON, TIMES).claim],
  ])("not %s", (_, after) => {
    expect(leftBehind(before, after)).toBeNull();
    expect(leftBehind(null, after)).toBeNull();
  });
});

describe("progress", () => {
  const none = { parts: 0, bytes: 0 };

  it("is what was stored of what there is", () => {
    const totals = { totalBytes: 2 * PART_BYTES + 1, totalParts: 3 };
    expect(progressOf(planned(3), { parts: 2, bytes: 9 }, NOON)).toEqual({
      parts: 2,
      bytes: 9,
      ...totals,
      attempts: 1,
    });
  });

  it("has no totals as long as nobody knows them", () => {
    const unknown = { ...none, totalBytes: null, totalParts: null };
    expect(progressOf(queued(), none, NOON)).toEqual({ ...unknown, attempts: 0 });
    expect(progressOf(planned(3, { size: null }), none, NOON)).toEqual({ ...unknown, attempts: 1 });
  });

  it("is told of work that waits for somebody, and of nothing else that nobody does", () => {
    expect(progressOf(pause(planned(3), NOON, NOON), none, NOON)).toMatchObject({ totalParts: 3 });
    expect(progressOf(planned(3), none, NOON + HOUR)).toMatchObject({ totalParts: 3 });
    expect(progressOf(filling(), none, NOON + leaseMs)).toBeNull();
    expect(progressOf(finish(planned(3), NOON, 0, NOON), none, NOON)).toBeNull();
    expect(progressOf(revoke(planned(3), NOON).claim, none, NOON)).toBeNull();
    expect(progressOf(null, none, NOON)).toBeNull();
  });
});
