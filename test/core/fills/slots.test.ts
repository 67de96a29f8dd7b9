import { describe, expect, it } from "vitest";
import {
  backOff,
  FIRST_WAIT_MS,
  FORGOTTEN_MS,
  giveBack,
  isEmpty,
  LATE_MS,
  LONGEST_BACK_OFF_MS,
  LONGEST_WAIT_MS,
  MOST_WAITERS,
  NO_SLOTS,
  NOTED_LEASES,
  RESERVED_MS,
  SLOT_TIMES,
  type Slots,
  take,
  type Waiter,
} from "../../../src/core/fills/slots.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../samples.ts";

const { leaseMs } = SLOT_TIMES;
const NOTED_MS = leaseMs * NOTED_LEASES;

type Asking = {
  readonly limit?: number;
  readonly deadline?: number | null;
  readonly now?: number;
  readonly random?: number;
};

function ask(slots: Slots, holder: string, { limit = 1, deadline = null, now = NOON, random = 0 }: Asking = {}) {
  return take(slots, { holder, limit, deadline }, now, random, SLOT_TIMES);
}

/** The state after these asked, one after the other. */
function asked(holders: readonly string[], asking: Asking = {}): Slots {
  return holders.reduce((slots, holder) => ask(slots, holder, asking).slots, NO_SLOTS);
}

function waiter(holder: string, changes: Partial<Waiter> = {}): Waiter {
  return { holder, deadline: null, asksAt: NOON + SECOND, ...changes };
}

const waiting = (...waiters: readonly Waiter[]): Slots => ({ ...NO_SLOTS, waiters });
const line = (slots: Slots) => slots.waiters.map(({ holder }) => holder);

describe("a place", () => {
  it("is noted for longer than a lease, so that it need not be noted at every word of its holder", () => {
    const { slots, waitMs } = ask(NO_SLOTS, "a");
    expect(waitMs).toBeNull();
    expect(slots).toEqual({ holders: [{ holder: "a", until: NOON + NOTED_MS }], waiters: [], backOffUntil: 0 });
    const renewed = ask(slots, "a", { now: NOON + NOTED_MS - leaseMs });
    expect(renewed).toEqual({ slots, waitMs: null });
    expect(renewed.slots).toBe(slots);
  });

  it("is always its holder's for a whole lease from an answer on", () => {
    for (const later of [0, leaseMs / 2, leaseMs / 2 + 1, leaseMs, NOTED_MS - 1]) {
      const { slots, waitMs } = ask(asked(["a"]), "a", { now: NOON + later });
      expect(waitMs).toBeNull();
      expect(slots.holders[0]?.until).toBeGreaterThanOrEqual(NOON + later + leaseMs);
    }
  });

  it("is lost in the millisecond in which it ends", () => {
    expect(ask(asked(["a"]), "b", { now: NOON + NOTED_MS - 1 }).waitMs).not.toBeNull();
    expect(ask(asked(["a"]), "b", { now: NOON + NOTED_MS })).toMatchObject({
      waitMs: null,
      slots: { holders: [{ holder: "b" }] },
    });
  });

  it("is kept whatever became of the limit, of the peace that the origin wants, and of nearer deadlines", () => {
    const full = asked(["a", "b"], { limit: 2 });
    const now = NOON + leaseMs;
    const troubled = backOff(
      { ...full, waiters: [waiter("near", { deadline: NOON + HOUR, asksAt: now })] },
      HOUR,
      NOON,
    );
    expect(ask(troubled, "a", { limit: 1, now }).waitMs).toBeNull();
    expect(ask(troubled, "b", { limit: 0, now }).waitMs).toBeNull();
  });

  it("is nobody's where there are none", () => {
    expect(ask(NO_SLOTS, "a", { limit: 0 }).waitMs).toBeGreaterThan(0);
  });

  it("takes its holder out of the line", () => {
    const { slots } = ask(asked(["a", "b", "c"]), "b", { limit: 2 });
    expect(slots.holders.map(({ holder }) => holder)).toEqual(["a", "b"]);
    expect(line(slots)).toEqual(["c"]);
  });
});

describe("the line", () => {
  it("has the nearest deadline first, and who came first among equals", () => {
    let slots = asked(["a", "never", "never-2"]);
    for (const [holder, hours] of [
      ["late", 3],
      ["near", 1],
      ["near-2", 1],
      ["middle", 2],
    ] as const) {
      slots = ask(slots, holder, { deadline: NOON + hours * HOUR }).slots;
    }
    expect(line(slots)).toEqual(["near", "near-2", "middle", "late", "never", "never-2"]);
  });

  it("keeps the turn of who asks again, and moves who comes with another deadline", () => {
    const slots = asked(["a", "b", "c", "d"]);
    expect(line(ask(slots, "b").slots)).toEqual(["b", "c", "d"]);
    const hurried = ask(slots, "d", { deadline: NOON + HOUR }).slots;
    expect(line(hurried)).toEqual(["d", "b", "c"]);
    expect(line(ask(hurried, "d", { deadline: NOON + 2 * HOUR }).slots)).toEqual(["d", "b", "c"]);
    expect(line(ask(hurried, "d").slots)).toEqual(["b", "c", "d"]);
  });

  it("gives as many places as are free to as many of its first", () => {
    const slots = waiting(waiter("a"), waiter("b"), waiter("c"));
    expect(ask(slots, "c", { limit: 2 }).waitMs).not.toBeNull();
    expect(ask(slots, "b", { limit: 2 }).waitMs).toBeNull();
    expect(ask(slots, "new", { limit: 3 }).waitMs).not.toBeNull();
    expect(ask(slots, "new", { limit: 4 }).waitMs).toBeNull();
    expect(ask(slots, "new", { limit: 1, deadline: NOON + HOUR }).waitMs).toBeNull();
  });

  it("keeps no place empty for who is not to come for a while", () => {
    const reserved = waiting(waiter("b", { asksAt: NOON + RESERVED_MS }));
    expect(ask(reserved, "new").waitMs).not.toBeNull();
    const far = waiting(waiter("b", { asksAt: NOON + RESERVED_MS + 1 }));
    expect(ask(far, "new")).toMatchObject({ waitMs: null, slots: { waiters: far.waiters } });
  });

  it("always keeps a place for its front, which never waits for longer than a place is kept", () => {
    const { waitMs } = ask(asked(["a"]), "b", { random: 0.999 });
    expect(waitMs).toBeLessThan(RESERVED_MS);
  });

  it("gives the place of who does not come back in time to the next", () => {
    const slots = waiting(waiter("lost"));
    expect(ask(slots, "b", { now: NOON + SECOND + LATE_MS - 1 }).waitMs).not.toBeNull();
    expect(ask(slots, "b", { now: NOON + SECOND + LATE_MS }).waitMs).toBeNull();
  });

  it("keeps the turn of who comes late, and forgets who comes much too late", () => {
    const slots = waiting(waiter("late"), waiter("b", { asksAt: NOON + 3 * MINUTE }));
    const end = NOON + SECOND + FORGOTTEN_MS;
    expect(line(ask(slots, "late", { limit: 0, now: end - 1 }).slots)).toEqual(["late", "b"]);
    expect(line(ask(slots, "late", { limit: 0, now: end }).slots)).toEqual(["b", "late"]);
  });

  it("does not count those who are late when it says how long another has to wait", () => {
    const slots = waiting(...Array.from({ length: 100 }, (_, at) => waiter(`lost-${at}`)));
    expect(ask(slots, "b", { limit: 0, now: NOON + SECOND + LATE_MS }).waitMs).toBe(FIRST_WAIT_MS / 2);
  });

  it("has no place for a deadline that has passed, and for a wish that comes too late the last", () => {
    const slots = waiting(waiter("expired", { deadline: NOON + 1 }), waiter("never"));
    expect(ask(slots, "never", { now: NOON }).waitMs).not.toBeNull();
    expect(ask(slots, "never", { now: NOON + 1 }).waitMs).toBeNull();
    expect(line(ask(slots, "too-late", { limit: 0, deadline: NOON }).slots)).toEqual(["expired", "never", "too-late"]);
  });

  it("notes only so many, the nearest deadlines of all", () => {
    const holders = Array.from({ length: MOST_WAITERS }, (_, at) => `holder-${at}`);
    const full = asked(["a", ...holders]);
    expect(full.waiters).toHaveLength(MOST_WAITERS);
    const refused = ask(full, "new", { random: 0.5 });
    expect(refused.slots).toBe(full);
    expect(refused.waitMs).toBe(LONGEST_WAIT_MS * 0.75);
    const pushed = ask(full, "near", { deadline: NOON + HOUR }).slots;
    expect(line(pushed)).toEqual(["near", ...holders.slice(0, -1)]);
  });

  it("fits into one value of 2 MB with the longest names that a queue's message carries", () => {
    const text = JSON.stringify(Array.from({ length: MOST_WAITERS }, () => waiter("x".repeat(1024))));
    expect(text.length).toBeLessThan(2_000_000);
  });
});

describe("the wait", () => {
  it("is a second or two at the front", () => {
    expect(ask(asked(["a"]), "b", { random: 0 }).waitMs).toBe(FIRST_WAIT_MS / 2);
    expect(ask(asked(["a"]), "b", { random: 0.9999 }).waitMs).toBe(FIRST_WAIT_MS);
  });

  it("grows with those ahead, by rounds of the places that there are", () => {
    const limit = 4;
    const waits = Array.from({ length: 40 }, (_, at) => {
      const slots = waiting(...Array.from({ length: at }, (_, index) => waiter(`holder-${index}`)));
      return ask(slots, "new", { limit: 0, random: 0.9999 }).waitMs;
    });
    expect(waits[3]).toBe(FIRST_WAIT_MS * limit);
    expect(waits).toEqual(waits.toSorted((one, other) => Number(one) - Number(other)));
    const crowd = waiting(...Array.from({ length: 39 }, (_, index) => waiter(`holder-${index}`)));
    expect(ask(crowd, "new", { limit, random: 0 }).waitMs).toBe((FIRST_WAIT_MS * 10) / 2);
  });

  it("is never longer than five minutes but by a back-off, and whole milliseconds", () => {
    const crowd = waiting(...Array.from({ length: MOST_WAITERS - 1 }, (_, index) => waiter(`holder-${index}`)));
    const { waitMs } = ask(crowd, "new", { random: 0.9999 });
    expect(waitMs).toBeLessThanOrEqual(LONGEST_WAIT_MS);
    expect(waitMs).toBeGreaterThan(LONGEST_WAIT_MS * 0.9);
    expect(Number.isInteger(ask(crowd, "new", { random: 1 / 3 }).waitMs)).toBe(true);
  });

  it("lasts until the peace is over, and then as long as it would have been", () => {
    const slots = backOff(NO_SLOTS, 10 * MINUTE, NOON);
    expect(ask(slots, "a", { random: 0 }).waitMs).toBe(10 * MINUTE + FIRST_WAIT_MS / 2);
    expect(ask(slots, "a", { now: NOON + 10 * MINUTE - 1 }).waitMs).toBeGreaterThan(1);
    expect(ask(slots, "a", { now: NOON + 10 * MINUTE }).waitMs).toBeNull();
  });
});

describe("giving back", () => {
  it("takes a holder and a waiter out, and changes nothing for others", () => {
    const slots = asked(["a", "b", "c"]);
    expect(giveBack(slots, "a")).toEqual({ ...slots, holders: [] });
    expect(line(giveBack(slots, "b"))).toEqual(["c"]);
    expect(giveBack(slots, "nobody")).toBe(slots);
  });
});

describe("a back-off", () => {
  it("is the longest of those that were asked for, and has an end", () => {
    const slots = backOff(NO_SLOTS, MINUTE, NOON);
    expect(slots.backOffUntil).toBe(NOON + MINUTE);
    expect(backOff(slots, SECOND, NOON)).toBe(slots);
    expect(backOff(slots, MINUTE, NOON + 1).backOffUntil).toBe(NOON + MINUTE + 1);
    expect(backOff(slots, Number.POSITIVE_INFINITY, NOON).backOffUntil).toBe(NOON + LONGEST_BACK_OFF_MS);
  });

  it.each([0, -1, Number.NaN, Number.NEGATIVE_INFINITY])("of %d ms is none", (ms) => {
    expect(backOff(NO_SLOTS, ms, NOON)).toBe(NO_SLOTS);
  });
});

describe("an empty state", () => {
  it("is one in which nobody lives and the origin wants nothing", () => {
    expect(isEmpty(NO_SLOTS, NOON)).toBe(true);
    expect(isEmpty(asked(["a"]), NOON)).toBe(false);
    expect(isEmpty(asked(["a"]), NOON + NOTED_MS)).toBe(true);
    expect(isEmpty(waiting(waiter("a")), NOON)).toBe(false);
    expect(isEmpty(waiting(waiter("a")), NOON + SECOND + FORGOTTEN_MS)).toBe(true);
    expect(isEmpty(backOff(NO_SLOTS, MINUTE, NOON), NOON + MINUTE - 1)).toBe(false);
    expect(isEmpty(backOff(NO_SLOTS, MINUTE, NOON), NOON + MINUTE)).toBe(true);
  });
});
