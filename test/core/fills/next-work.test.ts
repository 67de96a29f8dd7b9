import { describe, expect, it } from "vitest";
import type { Claim } from "../../../src/core/fills/claims.ts";
import { leave, renew, requeue } from "../../../src/core/fills/lanes.ts";
import { nextWork, RUN_PARTS } from "../../../src/core/fills/next-work.ts";
import { NOON } from "../samples.ts";
import { filling, holderOf, joined, kept, planned, TIMES } from "./claiming.ts";

const { leaseMs } = TIMES;
const ONE = holderOf(NOON, 0, "one");
const TWO = holderOf(NOON, 1, "two");

const numbersFrom = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at);
const work = (row: Claim, holder = ONE, done: Iterable<number> = [], now = NOON) =>
  nextWork(row, holder, done, now, TIMES);

/** A fill of so many parts with two consumers at work. */
const together = (parts: number) => joined(planned(parts), 1, "two");

describe("parts", () => {
  it("are handed out lowest first, so many at a time, and renew the lane", () => {
    const { claim, answer } = work(planned(40), ONE, [], NOON + 1);
    expect(answer).toEqual({ do: "parts", numbers: numbersFrom(1, RUN_PARTS) });
    expect(claim?.lanes).toMatchObject([{ parts: numbersFrom(1, RUN_PARTS), until: NOON + 1 + leaseMs }]);
  });

  it("that are stored are not handed out, wherever they are", () => {
    expect(work(planned(7), ONE, [1, 3, 4, 7]).answer).toEqual({ do: "parts", numbers: [2, 5, 6] });
    expect(work(planned(1)).answer).toEqual({ do: "parts", numbers: [1] });
  });

  it("that another lane at work has are not handed out", () => {
    const row = kept(work(together(20)));
    expect(work(row, TWO).answer).toEqual({ do: "parts", numbers: [17, 18, 19, 20] });
    expect(work(row, TWO, [17, 18, 19, 20]).answer).toEqual({ do: "nothing" });
  });

  it("that the lane left over itself are handed to it again", () => {
    const row = kept(work(together(20)));
    expect(work(row, ONE, [1, 2, 3]).answer).toEqual({ do: "parts", numbers: numbersFrom(4, 19) });
  });

  it("of a silent lane go to who asks, and the silent lane is forgotten", () => {
    const row = kept(work(together(3)));
    const taken = work(row, TWO, [2], NOON + leaseMs);
    expect(taken.answer).toEqual({ do: "parts", numbers: [1, 3] });
    expect(renew(taken.claim, ONE, NOON + leaseMs, TIMES).answer).toBe(false);
  });

  it("of a silent lane that nobody took are still its own", () => {
    const row = kept(work(kept(work(together(20))), TWO));
    const later = work(row, TWO, numbersFrom(1, 16), NOON + leaseMs);
    expect(later.answer).toEqual({ do: "parts", numbers: [17, 18, 19, 20] });
    expect(renew(later.claim, ONE, NOON + leaseMs, TIMES).answer).toBe(true);
  });

  it.each([
    ["put back", (row: Claim) => requeue(row, ONE, 0, NOON, TIMES)],
    ["left", (row: Claim) => leave(row, ONE, NOON)],
    ["begun anew", (row: Claim) => joined(row, 0, "other", NOON + leaseMs)],
  ])("of a lane that was %s go to who asks", (_, end) => {
    const row = end(kept(work(together(3))));
    expect(row && work(row, TWO).answer).toEqual({ do: "parts", numbers: [1, 2, 3] });
  });

  it("are read no further than is needed", () => {
    let read = 0;
    function* done() {
      for (let number = 2; number <= 9_000; number += 2) {
        read++;
        yield number;
      }
    }
    expect(work(planned(10_000), ONE, done()).answer).toMatchObject({ do: "parts" });
    expect(read).toBe(RUN_PARTS);
  });

  it("need a plan, and one that knows how many there are", () => {
    expect(work(filling()).answer).toEqual({ do: "lost" });
    expect(() => work(planned(3, { size: null }))).toThrow("how many parts");
  });
});

describe("the join", () => {
  it("is one lane's, when all parts are there", () => {
    const { claim, answer } = work(together(3), TWO, [1, 2, 3]);
    expect(answer).toEqual({ do: "join" });
    expect(claim && work(claim, ONE, [1, 2, 3]).answer).toEqual({ do: "nothing" });
    expect(claim && work(claim, TWO, [1, 2, 3]).answer).toEqual({ do: "join" });
  });

  it("goes to another lane when the joining one is silent, which has then lost", () => {
    const row = kept(work(together(1), TWO, [1]));
    const taken = work(row, ONE, [1], NOON + leaseMs);
    expect(taken.answer).toEqual({ do: "join" });
    expect(renew(taken.claim, TWO, NOON + leaseMs, TIMES).answer).toBe(false);
  });

  it("goes to another lane when the joining one was put back", () => {
    const row = requeue(kept(work(together(1), TWO, [1])), TWO, 0, NOON, TIMES);
    expect(row && work(row, ONE, [1]).answer).toEqual({ do: "join" });
  });

  it("of an object without bytes has one part", () => {
    expect(work(planned(1, { size: 0 })).answer).toEqual({ do: "parts", numbers: [1] });
    expect(work(planned(1, { size: 0 }), ONE, [1]).answer).toEqual({ do: "join" });
  });
});
