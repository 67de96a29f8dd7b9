import { describe, expect, it } from "vitest";
import { type Claim, claim, finish, pause, revoke } from "../../../src/core/fills/claims.ts";
import { begin, dropPlan, leave, partDone, plan, renew, requeue } from "../../../src/core/fills/lanes.ts";
import { nextWork } from "../../../src/core/fills/next-work.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../samples.ts";
import { filling, holderOf, joined, kept, offerOf, planned, planOf, queued, TIMES } from "./claiming.ts";

const { queuedMs, leaseMs } = TIMES;
const ONE = holderOf(NOON, 0, "one");
const TWO = holderOf(NOON, 1, "two");

const laneOf = (row: Claim | null, number: number) => row?.lanes.find((lane) => lane.number === number);
const claimedAnew = () => kept(claim(filling(), offerOf(), false, NOON + leaseMs, TIMES));

describe("a message", () => {
  it("begins a fill, for as long as its lease", () => {
    const { claim: row, answer } = begin(queued(), ONE, NOON + SECOND, TIMES);
    expect(answer).toEqual({ plan: null, url: null });
    const until = NOON + SECOND + leaseMs;
    expect(row?.lanes).toEqual([{ number: 0, state: "filling", until, holder: "one", parts: [], joins: false }]);
    expect(row?.attempts).toBe(1);
  });

  it("begins late, if nobody claimed in between", () => {
    expect(begin(queued(), ONE, NOON + queuedMs + HOUR, TIMES).answer).toEqual({ plan: null, url: null });
  });

  it("is busy while another attempt lives, and begins again once that is dead", () => {
    const row = planned(3);
    const other = holderOf(NOON, 0, "other");
    expect(begin(row, other, NOON + leaseMs - 1, TIMES)).toEqual({ claim: row, answer: "busy" });
    const after = begin(row, other, NOON + leaseMs, TIMES);
    expect(after.answer).toEqual({ plan: planOf(3), url: null });
    expect(after.claim).toMatchObject({ attempts: 2, lanes: [{ holder: "other" }] });
  });

  it("that the same holder begins again is no further attempt, and loses no work", () => {
    const working = kept(nextWork(planned(3), ONE, [], NOON, TIMES));
    const again = kept(begin(working, ONE, NOON + SECOND, TIMES));
    expect(again).toMatchObject({ attempts: 1, lanes: [{ until: NOON + SECOND + leaseMs, parts: [1, 2, 3] }] });
  });

  it("of another lane makes that lane known, and is no further attempt", () => {
    const row = joined(planned(3), 1, "two");
    expect(row.lanes.map(({ number, holder }) => [number, holder])).toEqual([
      [0, "one"],
      [1, "two"],
    ]);
    expect(row.attempts).toBe(1);
  });

  it("is told of a URL that was offered in between", () => {
    const offer = offerOf({ sealedUrl: "longer", endsAt: null });
    const row = kept(claim(queued(), offer, false, NOON, TIMES));
    expect(begin(row, ONE, NOON, TIMES).answer).toEqual({ plan: null, url: offer });
  });

  it.each<[string, Claim | null]>([
    ["without a row", null],
    ["when its fill has ended", finish(filling(), NOON, 0, NOON)],
    ["when its fill waits for a URL", pause(filling(), NOON, NOON)],
    ["after a purge", kept(revoke(filling(), NOON + 1))],
    ["after a purge within the same millisecond", kept(revoke(filling(), NOON))],
    ["when another claim came", claimedAnew()],
  ])("is gone %s", (_, row) => {
    expect(begin(row, holderOf(NOON, 0, "late"), NOON + HOUR, TIMES)).toEqual({ claim: row, answer: "gone" });
  });
});

describe("an attempt", () => {
  it("stays alive by saying so, also when it is late and nobody came", () => {
    for (const now of [NOON + SECOND, NOON + HOUR]) {
      const { claim: row, answer } = renew(filling(), ONE, now, TIMES);
      expect(answer).toBe(true);
      expect(laneOf(row, 0)?.until).toBe(now + leaseMs);
    }
  });

  it.each<[string, Claim | null]>([
    ["another attempt took over", joined(filling(), 0, "other", NOON + leaseMs)],
    ["it was put back", requeue(filling(), ONE, 0, NOON, TIMES)],
    ["it left", leave(filling(), ONE, NOON)],
    ["a purge came", kept(revoke(filling(), NOON))],
    ["another claim came", claimedAnew()],
    ["its fill has ended", finish(filling(), NOON, 0, NOON)],
    ["its fill waits for a URL", pause(filling(), NOON, NOON)],
    ["there is no row", null],
  ])("has lost, and changes nothing, when %s", (_, row) => {
    const now = NOON + leaseMs;
    const lost = { claim: row, answer: false };
    expect(renew(row, ONE, now, TIMES)).toEqual(lost);
    expect(partDone(row, ONE, now, TIMES)).toEqual(lost);
    expect(plan(row, ONE, planOf(1), now, TIMES)).toEqual(lost);
    expect(dropPlan(row, ONE, now, TIMES)).toBe(row);
    expect(requeue(row, ONE, MINUTE, now, TIMES)).toBe(row);
    expect(leave(row, ONE, now)).toBe(row);
    expect(nextWork(row, ONE, [], now, TIMES)).toEqual({ claim: row, answer: { do: "lost" } });
  });

  it("that failed keeps the claim for its message until that must be lost", () => {
    const row = requeue(filling(), ONE, MINUTE, NOON, TIMES);
    const until = NOON + MINUTE + queuedMs;
    expect(row?.lanes).toEqual([{ number: 0, state: "queued", until, holder: null, parts: [], joins: false }]);
    expect(claim(row, offerOf(), true, until - 1, TIMES).answer).toBeNull();
    expect(begin(row, holderOf(NOON, 0, "next"), NOON + MINUTE, TIMES).claim).toMatchObject({ attempts: 2 });
  });

  it("that leaves is forgotten, and the others go on", () => {
    const row = leave(joined(planned(3), 1, "two"), ONE, NOON);
    expect(row?.lanes).toMatchObject([{ number: 1, holder: "two" }]);
    expect(renew(row, TWO, NOON, TIMES).answer).toBe(true);
    expect(claim(leave(row, TWO, NOON), offerOf(), false, NOON, TIMES).answer).toBe(NOON + 1);
  });
});

describe("a plan", () => {
  it("is found by the next attempt", () => {
    expect(begin(planned(3), TWO, NOON, TIMES).answer).toEqual({ plan: planOf(3), url: null });
  });

  it("of another upload takes the place of the earlier, and the other lanes have lost", () => {
    const before = kept(nextWork(joined(planned(3), 1, "two"), ONE, [], NOON, TIMES));
    const { claim: row } = plan(before, ONE, planOf(5, { uploadId: "upload-2" }), NOON, TIMES);
    expect(row).toMatchObject({ plan: { uploadId: "upload-2" }, lanes: [{ holder: "one", parts: [] }] });
    expect(partDone(row, TWO, NOON, TIMES).answer).toBe(false);
  });

  it("that comes twice, or knows more by now, changes nothing of what is done", () => {
    const before = joined(planned(3, { size: null }), 1, "two");
    const { claim: row } = plan(before, ONE, planOf(3), NOON, TIMES);
    expect(row?.plan).toEqual(planOf(3));
    expect(renew(row, TWO, NOON, TIMES).answer).toBe(true);
  });

  it("that is dropped takes what was done with it", () => {
    const row = dropPlan(joined(planned(3), 1, "two"), TWO, NOON, TIMES);
    expect(row).toMatchObject({ plan: null, attempts: 1, lanes: [{ holder: "two" }] });
    expect(renew(row, ONE, NOON, TIMES).answer).toBe(false);
    expect(partDone(row, TWO, NOON, TIMES)).toEqual({ claim: row, answer: false });
    expect(dropPlan(row, TWO, NOON, TIMES)).toBe(row);
  });
});
