import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ASKING_COUNTS_MS,
  RecentWishes,
  seenOf,
  WISH_REMEMBERED_MS,
  type Wish,
  WORD_COUNTS_MS,
} from "../../../src/core/fills/recent-wishes.ts";
import { NOTHING_WITHDRAWN, notePurges, PURGE_SHARDS, purgeShard } from "../../../src/core/withdrawals.ts";
import { newKey } from "../../contracts/keys.ts";
import { HOUR, heldEntry, MINUTE, NOON, SECOND } from "../samples.ts";

const KEY = "acme/a";
const WISH: Wish = { boundTo: "object-1", trusted: false, urlEndsAt: NOON + HOUR, seen: "none, purged 0 times" };

function told(word: "filling" | "quiet" = "filling", wish = WISH): RecentWishes {
  const recent = new RecentWishes();
  recent.told(KEY, wish, word, NOON);
  return recent;
}

describe("a wish that the gate has heard", () => {
  it.each(["filling", "quiet"] as const)("is not told again for five seconds when the answer was %s", (word) => {
    const recent = told(word);
    expect(recent.covers(KEY, WISH, NOON + WORD_COUNTS_MS - 1)).toBe(true);
    expect(recent.covers(KEY, WISH, NOON + WORD_COUNTS_MS)).toBe(false);
  });

  it("says nothing of another entry, or of another object under that key", () => {
    expect(told().covers("acme/b", WISH, NOON)).toBe(false);
    expect(told().covers(KEY, { ...WISH, boundTo: "object-2" }, NOON)).toBe(false);
  });

  it("of a stranger says nothing of a caller that we know, but the other way round it does", () => {
    expect(told().covers(KEY, { ...WISH, trusted: true }, NOON)).toBe(false);
    expect(told("filling", { ...WISH, trusted: true }).covers(KEY, WISH, NOON)).toBe(true);
  });

  it("says nothing once the entry is not what it was: its copy was made, or it was purged", () => {
    const key = newKey();
    const [entry, once] = [heldEntry(), notePurges(NOTHING_WITHDRAWN, [purgeShard(key)])];
    const seen = [seenOf(key, null, NOTHING_WITHDRAWN), seenOf(key, entry, NOTHING_WITHDRAWN), seenOf(key, null, once)];
    for (const then of seen) {
      const recent = told("filling", { ...WISH, seen: then });
      expect(seen.filter((now) => recent.covers(KEY, { ...WISH, seen: now }, NOON))).toEqual([then]);
    }
  });

  it("is seen alike by all who know of no copy, purges of other shards or not", () => {
    const key = newKey();
    const elsewhere = notePurges(NOTHING_WITHDRAWN, [(purgeShard(key) + 1) % PURGE_SHARDS]);
    expect(seenOf(key, null, elsewhere)).toBe(seenOf(key, null, NOTHING_WITHDRAWN));
    expect(seenOf(key, { state: "expired" }, elsewhere)).toBe(seenOf(key, null, elsewhere));
    expect(seenOf(key, null, null)).not.toBe(seenOf(key, null, elsewhere));
  });

  it("covers one that was signed a little later, and none that lives twice as long", () => {
    const recent = told();
    const ending = (urlEndsAt: number | null) => recent.covers(KEY, { ...WISH, urlEndsAt }, NOON);
    expect([NOON + MINUTE, NOON + HOUR, NOON + 2 * HOUR - 1].map(ending)).toEqual([true, true, true]);
    expect([NOON + 2 * HOUR, null].map(ending)).toEqual([false, false]);
  });

  it("with a URL that does not tell its end covers all others", () => {
    const recent = told("filling", { ...WISH, urlEndsAt: null });
    expect(recent.covers(KEY, WISH, NOON)).toBe(true);
    expect(recent.covers(KEY, { ...WISH, urlEndsAt: null }, NOON)).toBe(true);
  });

  it("with a URL that has ended covers none that lives", () => {
    const recent = told("filling", { ...WISH, urlEndsAt: NOON + SECOND });
    expect(recent.covers(KEY, { ...WISH, urlEndsAt: NOON + 4 * SECOND }, NOON + 2 * SECOND)).toBe(false);
  });
});

describe("a wish that is on its way", () => {
  it("counts for a second only: its request may have been dropped", () => {
    const recent = new RecentWishes();
    recent.asking(KEY, WISH, NOON);
    expect(recent.covers(KEY, WISH, NOON + ASKING_COUNTS_MS - 1)).toBe(true);
    expect(recent.covers(KEY, WISH, NOON + ASKING_COUNTS_MS)).toBe(false);
  });

  it("is forgotten when it failed, and one that had its word meanwhile is not", () => {
    const recent = new RecentWishes();
    recent.asking(KEY, WISH, NOON);
    recent.forgetAsking(KEY, NOON);
    expect([recent.covers(KEY, WISH, NOON), recent.awaits(KEY, NOON)]).toEqual([false, false]);
    recent.told(KEY, WISH, "filling", NOON);
    recent.forgetAsking(KEY, NOON);
    expect(recent.covers(KEY, WISH, NOON)).toBe(true);
  });
});

describe("a copy that was asked for", () => {
  it("is awaited from the wish on, and for a minute after the gate's last word", () => {
    const recent = new RecentWishes();
    expect(recent.awaits(KEY, NOON)).toBe(false);
    recent.asking(KEY, WISH, NOON);
    expect(recent.awaits(KEY, NOON)).toBe(true);
    recent.told(KEY, WISH, "filling", NOON);
    expect(recent.awaits(KEY, NOON + WISH_REMEMBERED_MS - 1)).toBe(true);
    expect(recent.awaits(KEY, NOON + WISH_REMEMBERED_MS)).toBe(false);
  });

  it("is awaited no more when nobody may fill it for a while", () => {
    expect(told("quiet").awaits(KEY, NOON)).toBe(false);
  });
});

it("whatever was told, a wish is covered only within five seconds, for its own object, and by no shorter a life", () => {
  const ends = fc.option(fc.integer({ min: NOON - HOUR, max: NOON + 5 * HOUR }));
  const some = fc.constantFrom("1", "2");
  const wish = fc.record({ boundTo: some, trusted: fc.boolean(), urlEndsAt: ends, seen: some });
  const after = fc.integer({ min: 0, max: 2 * WORD_COUNTS_MS });
  const life = (urlEndsAt: number | null, now: number) =>
    urlEndsAt === null ? Number.POSITIVE_INFINITY : urlEndsAt - now;
  const property = fc.property(wish, wish, after, (first, second, ms) => {
    if (!told("filling", first).covers(KEY, second, NOON + ms)) return;
    expect(ms).toBeLessThan(WORD_COUNTS_MS);
    expect([second.boundTo, second.seen]).toEqual([first.boundTo, first.seen]);
    expect(first.trusted || !second.trusted).toBe(true);
    const [had, has] = [first, second].map(({ urlEndsAt }) => life(urlEndsAt, NOON + ms));
    if (had !== Number.POSITIVE_INFINITY) expect(has).toBeLessThan(2 * (had ?? 0));
  });
  fc.assert(property, { numRuns: 2_000 });
});
