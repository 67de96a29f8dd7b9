import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  begin,
  CLAIM_TIMES,
  type Claim,
  claim,
  DONE_MEMORY_MS,
  expire,
  FENCE_MEMORY_MS,
  finish,
  renew,
  requeue,
  revoke,
} from "../../../src/core/fills/claims.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../samples.ts";

const TIMES = CLAIM_TIMES;
const { queuedMs, leaseMs } = TIMES;

function queued(now = NOON): Claim {
  const row = claim(null, now, TIMES);
  if (!row) throw new Error("nobody held it, and yet it was refused");
  return row;
}

function filling(now = NOON, generation = "one"): Claim {
  const row = queued(now);
  const begun = begin(row, row.fence, generation, now, TIMES);
  if (typeof begun === "string") throw new Error(begun);
  return begun;
}

describe("a claim", () => {
  it("is given to the first who asks, and to nobody else while a message is on its way", () => {
    const row = queued();
    expect(row).toEqual({ fence: NOON, state: "queued", until: NOON + queuedMs, generation: null });
    expect(claim(row, NOON, TIMES)).toBeNull();
    expect(claim(row, NOON + queuedMs - 1, TIMES)).toBeNull();
  });

  it("is given again once the message must be lost, with a higher fence", () => {
    const row = queued();
    expect(claim(row, NOON + queuedMs, TIMES)?.fence).toBeGreaterThan(row.fence);
  });

  it("is refused while a consumer lives, and given once it is dead", () => {
    const row = filling();
    expect(claim(row, NOON + leaseMs - 1, TIMES)).toBeNull();
    expect(claim(row, NOON + leaseMs, TIMES)?.state).toBe("queued");
  });

  it("is given at once after a fill ended, and after a purge", () => {
    const row = filling();
    expect(claim(finish(row, row.fence, NOON), NOON, TIMES)).toMatchObject({
      state: "queued",
      fence: row.fence + 1,
    });
    expect(claim(revoke(row, NOON), NOON, TIMES)?.fence).toBeGreaterThan(revoke(row, NOON).fence);
  });

  it("has a higher fence than the one before, though the clock went back", () => {
    const row = revoke(queued(), NOON);
    expect(claim(row, NOON - HOUR, TIMES)?.fence).toBe(row.fence + 1);
  });
});

describe("a message", () => {
  it("begins a fill, for as long as its lease", () => {
    const row = queued();
    expect(begin(row, row.fence, "one", NOON + SECOND, TIMES)).toEqual({
      fence: row.fence,
      state: "filling",
      until: NOON + SECOND + leaseMs,
      generation: "one",
    });
  });

  it("begins late, if nobody claimed in between", () => {
    const row = queued();
    expect(begin(row, row.fence, "one", NOON + queuedMs + 1, TIMES)).toMatchObject({ state: "filling" });
  });

  it("is busy while another attempt lives, and begins again once that is dead", () => {
    const row = filling();
    expect(begin(row, row.fence, "two", NOON + leaseMs - 1, TIMES)).toBe("busy");
    expect(begin(row, row.fence, "two", NOON + leaseMs, TIMES)).toMatchObject({ generation: "two" });
  });

  it("begins again after a dead holder was freed by time", () => {
    const freed = expire(filling(), NOON + leaseMs);
    expect(freed).toMatchObject({ fence: NOON, state: "free", generation: null });
    expect(begin(freed, NOON, "two", NOON + leaseMs, TIMES)).toMatchObject({ state: "filling", generation: "two" });
  });

  it.each([
    ["without a row", null],
    ["when its fill has ended", finish(filling(), NOON, NOON)],
    ["after a purge", revoke(filling(), NOON + 1)],
    ["after a purge within the same millisecond", revoke(filling(), NOON)],
    ["when another claim came", claim(filling(), NOON + leaseMs, TIMES)],
  ])("is gone %s", (_, row) => {
    expect(begin(row, NOON, "two", NOON + HOUR, TIMES)).toBe("gone");
  });
});

describe("an attempt", () => {
  it("stays alive by saying so, also when it is late and nobody came", () => {
    const row = filling();
    expect(renew(row, row.fence, "one", NOON + SECOND, TIMES)?.until).toBe(NOON + SECOND + leaseMs);
    expect(renew(row, row.fence, "one", NOON + HOUR, TIMES)?.until).toBe(NOON + HOUR + leaseMs);
  });

  it.each([
    ["another attempt took over", begin(filling(), NOON, "two", NOON + leaseMs, TIMES) as Claim],
    ["time freed it", expire(filling(), NOON + leaseMs)],
    ["it was put back", requeue(filling(), NOON, "one", 0, NOON, TIMES)],
    ["a purge came", revoke(filling(), NOON)],
    ["another claim came", claim(filling(), NOON + leaseMs, TIMES)],
    ["its fill has ended", null],
  ])("has lost when %s", (_, row) => {
    expect(renew(row, NOON, "one", NOON + leaseMs, TIMES)).toBeNull();
  });

  it("that failed keeps the claim for its message until that must be lost", () => {
    const row = requeue(filling(), NOON, "one", MINUTE, NOON, TIMES);
    expect(row).toEqual({ fence: NOON, state: "queued", until: NOON + MINUTE + queuedMs, generation: null });
    expect(claim(row, NOON + MINUTE, TIMES)).toBeNull();
    expect(begin(row, NOON, "two", NOON + MINUTE, TIMES)).toMatchObject({ generation: "two" });
  });

  it.each([
    ["a purge came", revoke(filling(), NOON)],
    ["another attempt took over", begin(filling(), NOON, "two", NOON + leaseMs, TIMES) as Claim],
    ["there is no row", null],
  ])("that failed changes nothing when %s", (_, row) => {
    expect(requeue(row, NOON, "one", MINUTE, NOON, TIMES)).toBe(row);
  });

  it("ends its claim", () => {
    const ended = { fence: NOON, state: "done", until: NOON + SECOND + DONE_MEMORY_MS, generation: null };
    expect(finish(filling(), NOON, NOON + SECOND)).toEqual(ended);
  });

  it("that a purge overtook ends nothing", () => {
    const row = revoke(filling(), NOON);
    expect(finish(row, NOON, NOON)).toBe(row);
    expect(finish(null, NOON, NOON)).toBeNull();
  });
});

describe("time", () => {
  it("leaves a living row alone, frees a dead one and forgets a free one", () => {
    const row = filling();
    expect(expire(row, row.until - 1)).toBe(row);
    const freed = expire(row, row.until);
    expect(freed).toEqual({ fence: row.fence, state: "free", until: row.until + FENCE_MEMORY_MS, generation: null });
    expect(freed && expire(freed, freed.until - 1)).toBe(freed);
    expect(freed && expire(freed, freed.until)).toBeNull();
  });

  it("remembers a fence for longer than the queue keeps a message", () => {
    expect(FENCE_MEMORY_MS).toBeGreaterThan(4 * 24 * HOUR);
    expect(revoke(null, NOON).until).toBe(NOON + FENCE_MEMORY_MS);
  });
});

describe("whatever happens, in whatever order", () => {
  type Step =
    | { readonly do: "claim" }
    | { readonly do: "revoke" }
    | { readonly do: "expire" }
    /** A message arrives, again and again, in any order. */
    | { readonly do: "begin"; readonly message: number }
    /** An attempt acts that was begun once, though it may have lost by now. */
    | { readonly do: "renew" | "requeue" | "finish"; readonly attempt: number };
  type Timed = Step & { readonly wait: number };

  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.constantFrom<Step>({ do: "claim" }, { do: "claim" }, { do: "revoke" }, { do: "expire" }),
    fc.record({ do: fc.constant("begin" as const), message: fc.nat(5) }),
    fc.record({ do: fc.constantFrom("renew" as const, "requeue" as const, "finish" as const), attempt: fc.nat(5) }),
  );

  function steps(waits: readonly number[]): fc.Arbitrary<Timed[]> {
    const timed = fc.tuple(step, fc.constantFrom(...waits)).map(([one, wait]): Timed => ({ ...one, wait }));
    return fc.array(timed, { minLength: 1, maxLength: 60 });
  }

  /** An attempt as it sees itself: it works until its lease ends, unless it was told to stop. */
  type Attempt = { readonly fence: number; readonly generation: string; worksUntil: number };

  /** Plays the steps on the rules and watches what must hold after each. */
  function play(timed: readonly Timed[]): void {
    let row: Claim | null = null;
    let now = NOON;
    let highestFence = 0;
    let revokedFence = 0;
    const finished = new Set<number>();
    const messages: number[] = [];
    const attempts: Attempt[] = [];
    const alive = () => attempts.filter(({ fence, worksUntil }) => fence > revokedFence && worksUntil > now);

    function newFence(fence: number): void {
      expect(fence, "fences grow").toBeGreaterThan(highestFence);
      highestFence = fence;
    }

    for (const one of timed) {
      now += one.wait;
      if (one.do === "claim") {
        const claimed: Claim | null = claim(row, now, TIMES);
        if (!claimed) continue;
        expect(alive(), "nobody works when a claim is given").toEqual([]);
        newFence(claimed.fence);
        messages.push(claimed.fence);
        row = claimed;
      } else if (one.do === "revoke") {
        row = revoke(row, now);
        newFence(row.fence);
        revokedFence = row.fence;
      } else if (one.do === "expire") {
        row = row && expire(row, now);
      } else if (one.do === "begin") {
        const fence = messages[one.message % Math.max(1, messages.length)];
        if (fence === undefined) continue;
        const generation = `generation-${attempts.length}`;
        const begun: Claim | "busy" | "gone" = begin(row, fence, generation, now, TIMES);
        if (typeof begun === "string") continue;
        expect(alive(), "nobody else works when an attempt begins").toEqual([]);
        expect(fence, "a fence from before a purge never begins").toBeGreaterThan(revokedFence);
        expect(finished, "a message never begins after its fill has ended").not.toContain(fence);
        attempts.push({ fence, generation, worksUntil: begun.until });
        row = begun;
      } else {
        const attempt = attempts[one.attempt % Math.max(1, attempts.length)];
        if (!attempt) continue;
        if (one.do === "renew") {
          const renewed: Claim | null = renew(row, attempt.fence, attempt.generation, now, TIMES);
          attempt.worksUntil = renewed ? renewed.until : 0;
          if (renewed) row = renewed;
        } else if (one.do === "requeue") {
          row = requeue(row, attempt.fence, attempt.generation, MINUTE, now, TIMES);
          attempt.worksUntil = 0;
        } else if (attempt.worksUntil > now) {
          const ended: Claim | null = finish(row, attempt.fence, now);
          const overtaken = attempt.fence <= revokedFence;
          expect(ended === row, "a working attempt ends its claim, and nobody's after a purge").toBe(overtaken);
          row = ended;
          attempt.worksUntil = 0;
          finished.add(attempt.fence);
        }
      }
      expect(alive().length, "at most one attempt works").toBeLessThanOrEqual(1);
    }
  }

  it("one attempt works at a time, fences grow, and neither a purge nor an end is undone", () => {
    const waits = [1, 10, SECOND, leaseMs - 1, leaseMs, leaseMs + 1, queuedMs, FENCE_MEMORY_MS];
    fc.assert(fc.property(steps(waits), play), { numRuns: 3000 });
  });

  it("the same holds within one millisecond", () => {
    fc.assert(fc.property(steps([0, 0, 0, 1, leaseMs, queuedMs]), play), { numRuns: 2000 });
  });
});
