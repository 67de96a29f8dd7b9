import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  backOff,
  giveBack,
  LATE_MS,
  NO_SLOTS,
  RESERVED_MS,
  SLOT_TIMES,
  type Slots,
  take,
} from "../../../src/core/fills/slots.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../samples.ts";

const { leaseMs } = SLOT_TIMES;

/** One who wants a place, once: it comes, asks when it is told to, works, and goes. */
type Fill = {
  readonly comesAfterMs: number;
  readonly worksMs: number;
  readonly deadline: number | null;
  /** It dies with its place, and never gives it back. */
  readonly dies: boolean;
};

const name = (at: number) => `fill-${at}`;

/** Plays the fills on the rules, watches what must hold at each grant, and returns who got a place, one after another. */
function play(fills: readonly Fill[], limit: number, randoms: readonly number[], lateMs = 0): string[] {
  let slots: Slots = NO_SLOTS;
  let drawn = 0;
  const random = () => randoms[drawn++ % randoms.length] ?? 0;
  /** What happens next to each: it asks, for the first time or to keep its place, or it ends. */
  const agenda = fills.map((fill, at) => ({ ...fill, at, due: NOON + fill.comesAfterMs, endsAt: 0 }));
  /** When each holder's place ends by what it was told itself. */
  const placeEnds = new Map<string, number>();
  const expectedAt = new Map<string, { asksAt: number; deadline: number }>();
  const granted: string[] = [];

  for (let steps = 0; agenda.length > 0; steps++) {
    expect(steps, "it comes to an end").toBeLessThan(20_000);
    const next = agenda.reduce((one, other) => (other.due < one.due ? other : one));
    const [now, holder] = [next.due, name(next.at)];
    const leave = () => agenda.splice(agenda.indexOf(next), 1);
    if (next.endsAt > 0 && now >= next.endsAt) {
      leave();
      if (next.dies) continue;
      slots = giveBack(slots, holder);
      placeEnds.delete(holder);
      continue;
    }
    const { deadline } = next;
    const taken = take(slots, { holder, limit, deadline }, now, random(), SLOT_TIMES);
    slots = taken.slots;
    if (taken.waitMs !== null) {
      expect(next.endsAt, "nobody loses a place that it keeps asking for").toBe(0);
      expectedAt.set(holder, { asksAt: now + taken.waitMs, deadline: deadline ?? Number.POSITIVE_INFINITY });
      next.due = now + taken.waitMs + Math.floor(random() * lateMs);
      continue;
    }
    placeEnds.set(holder, now + leaseMs);
    if (next.endsAt === 0) {
      const alive = [...placeEnds.values()].filter((until) => until > now).length;
      expect(alive, "never more than there are places").toBeLessThanOrEqual(limit);
      expectedAt.delete(holder);
      const nearer = [...expectedAt.values()].filter(
        (other) =>
          other.deadline < (deadline ?? Number.POSITIVE_INFINITY) &&
          other.deadline > now &&
          other.asksAt <= now + RESERVED_MS &&
          other.asksAt + LATE_MS > now,
      );
      expect(nearer.length, "a place is left for each nearer deadline").toBeLessThanOrEqual(limit - alive);
      granted.push(holder);
      next.endsAt = now + next.worksMs;
    }
    next.due = Math.min(next.endsAt, now + leaseMs / 3);
  }
  return granted;
}

const randoms = fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 40 });
const deadline = fc.oneof(
  fc.constant(null),
  fc.nat(4).map((hours) => NOON + hours * HOUR),
);
const fill = (deadlines: fc.Arbitrary<number | null>, dies: fc.Arbitrary<boolean>): fc.Arbitrary<Fill> =>
  fc.record({
    comesAfterMs: fc.oneof(fc.constant(0), fc.nat(MINUTE)),
    worksMs: fc.oneof(fc.integer({ min: 1, max: 5 * SECOND }), fc.integer({ min: 1, max: 3 * MINUTE })),
    deadline: deadlines,
    dies,
  });
const fills = (deadlines: fc.Arbitrary<number | null>, dies: fc.Arbitrary<boolean>) =>
  fc.array(fill(deadlines, dies), { minLength: 1, maxLength: 30 });

describe("whoever comes, in whatever order", () => {
  it("never more have a place than there are, and everybody has a turn, though some die with theirs", () => {
    fc.assert(
      fc.property(fills(deadline, fc.boolean()), fc.integer({ min: 1, max: 8 }), randoms, (all, limit, drawn) => {
        expect(new Set(play(all, limit, drawn)).size).toBe(all.length);
      }),
      { numRuns: 300 },
    );
  });

  it("the same holds where messages come late, some of them later than their places are kept", () => {
    const one = fills(fc.constant(null), fc.constant(false));
    fc.assert(
      fc.property(one, fc.integer({ min: 1, max: 4 }), randoms, (all, limit, drawn) => {
        expect(play(all, limit, drawn, 2 * LATE_MS)).toHaveLength(all.length);
      }),
      { numRuns: 200 },
    );
  });

  it("few who wait for one place have it in the order of their deadlines, whoever asks first", () => {
    const hours = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(hours, randoms, (each, drawn) => {
        const work = { worksMs: 20 * SECOND, dies: false };
        const first = { ...work, comesAfterMs: 0, deadline: null };
        const others = each.map((hour) => ({ ...work, comesAfterMs: 1, deadline: NOON + hour * HOUR }));
        const granted = play([first, ...others], 1, drawn);
        const byDeadline = each.toSorted((a, b) => a - b).map((hour) => name(1 + each.indexOf(hour)));
        expect(granted).toEqual([name(0), ...byDeadline]);
      }),
      { numRuns: 200 },
    );
  });

  it("a flood that came before does not starve one who comes after, nor do those who come without end", () => {
    const drawn = [0.1, 0.9, 0.5, 0.3, 0.7];
    const flood = Array.from({ length: 100 }, (_, at) => ({
      ...{ comesAfterMs: at < 50 ? 0 : at * SECOND, worksMs: 2 * SECOND, deadline: null, dies: false },
    }));
    const late = { comesAfterMs: 10 * SECOND, worksMs: SECOND, deadline: null, dies: false };
    const granted = play([...flood, late], 4, drawn);
    expect(granted.indexOf(name(100))).toBeLessThan(70);
  });

  it("an origin's wish for peace is kept by everybody new", () => {
    const peace = fc.record({ askedAt: fc.nat(MINUTE), ms: fc.integer({ min: 1, max: HOUR }) });
    fc.assert(
      fc.property(fc.array(peace, { minLength: 1, maxLength: 5 }), fc.nat(2 * HOUR), (wishes, later) => {
        const slots = wishes.reduce((before, { askedAt, ms }) => backOff(before, ms, NOON + askedAt), NO_SLOTS);
        const ends = Math.max(...wishes.map(({ askedAt, ms }) => NOON + askedAt + ms));
        const now = NOON + MINUTE + later;
        const { waitMs } = take(slots, { holder: "a", limit: 1, deadline: null }, now, 0, SLOT_TIMES);
        if (now >= ends) expect(waitMs).toBeNull();
        else expect(now + (waitMs ?? 0)).toBeGreaterThanOrEqual(ends);
      }),
    );
  });
});
