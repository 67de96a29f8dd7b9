import { describe, expect, it } from "vitest";
import { type Claim, claim, claimOfMany, finish, isHeld, pause, revoke } from "../../../src/core/fills/claims.ts";
import { begin, partDone, plan, renew } from "../../../src/core/fills/lanes.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../samples.ts";
import { filling, holderOf, joined, kept, offerOf, planned, planOf, queued, TIMES } from "./claiming.ts";

const { queuedMs, leaseMs } = TIMES;

const ask = (row: Claim | null, now: number, { insist = false, offer = offerOf() } = {}) =>
  claim(row, offer, insist, now, TIMES);
const grant = (row: Claim | null, now: number, offer = offerOf()) => kept(ask(row, now, { offer }));

describe("a claim", () => {
  it("is given to the first who asks, and to nobody else while a message is on its way", () => {
    const { claim: row, answer } = ask(null, NOON);
    expect(answer).toBe(NOON);
    expect(row).toEqual({
      fence: NOON,
      state: "held",
      boundTo: "identity-1",
      urlEndsAt: NOON + HOUR,
      better: null,
      quietUntil: 0,
      attempts: 0,
      plan: null,
      lanes: [{ number: 0, state: "queued", until: NOON + queuedMs, holder: null, parts: [], joins: false }],
      touchedAt: NOON,
    });
    for (const insist of [false, true]) {
      expect(ask(row, NOON + queuedMs - 1, { insist })).toEqual({ claim: row, answer: null });
    }
  });

  it("is given again once the message must be lost, with a higher fence", () => {
    expect(ask(queued(), NOON + queuedMs).answer).toBe(NOON + queuedMs);
  });

  it("is refused while a consumer lives in any lane, and given once all are dead", () => {
    const row = joined(planned(3), 1, "two", NOON + SECOND);
    expect(ask(row, NOON + leaseMs).answer).toBeNull();
    expect(ask(row, NOON + SECOND + leaseMs).answer).toBe(NOON + SECOND + leaseMs);
  });

  it("is given at once after a fill ended, while it waits for another URL, and after a purge", () => {
    const row = filling();
    const revoked = kept(revoke(row, NOON));
    expect(ask(finish(row, NOON, 0, NOON), NOON).answer).toBe(NOON + 1);
    expect(ask(pause(row, NOON, NOON), NOON).answer).toBe(NOON + 1);
    expect(ask(revoked, NOON).answer).toBe(revoked.fence + 1);
  });

  it("has a higher fence than the one before, though the clock went back", () => {
    const row = kept(revoke(queued(), NOON));
    expect(ask(row, NOON - HOUR).answer).toBe(row.fence + 1);
  });

  it("goes on with what was done of the same object, and counts on", () => {
    const before = planned(3);
    expect(grant(before, NOON + leaseMs)).toMatchObject({ plan: planOf(3), attempts: 1, urlEndsAt: NOON + HOUR });
    const other = grant(before, NOON + leaseMs, offerOf({ boundTo: "identity-2" }));
    expect(other).toMatchObject({ plan: null, attempts: 0, boundTo: "identity-2" });
    expect(grant(filling(), NOON + leaseMs)).toMatchObject({ plan: null, attempts: 0 });
  });

  it("forgets the URLs that were offered to the one before", () => {
    const offered = kept(ask(filling(), NOON, { offer: offerOf({ endsAt: null }) }));
    expect(offered.better).not.toBeNull();
    expect(grant(offered, NOON + leaseMs).better).toBeNull();
    expect(pause(offered, NOON, NOON)?.better).toBeNull();
  });
});

describe("a fill that ended", () => {
  it("leaves the entry alone for as long as it says, but for who insists", () => {
    const row = finish(filling(), NOON, MINUTE, NOON + SECOND);
    expect(ask(row, NOON + SECOND + MINUTE - 1)).toEqual({ claim: row, answer: null });
    expect(ask(row, NOON + SECOND + MINUTE).answer).toBe(NOON + SECOND + MINUTE);
    expect(ask(row, NOON + SECOND, { insist: true }).answer).toBe(NOON + SECOND);
  });

  it("is forgotten but for its fence and its object", () => {
    const row = finish(planned(3), NOON, 0, NOON + SECOND);
    expect(row).toMatchObject({ state: "done", fence: NOON, plan: null, better: null, lanes: [] });
    expect(row && isHeld(row, NOON)).toBe(false);
  });

  it.each<[string, Claim | null]>([
    ["a purge came", kept(revoke(filling(), NOON))],
    ["another claim came", grant(filling(), NOON + leaseMs)],
    ["it had ended already", finish(filling(), NOON, MINUTE, NOON)],
    ["there is no row", null],
  ])("changes nothing when %s", (_, row) => {
    expect(finish(row, NOON, 0, NOON)).toBe(row);
    expect(pause(row, NOON, NOON)).toBe(row);
  });
});

describe("a fill that waits for a URL", () => {
  it("keeps what is done, and has no message that is worth anything", () => {
    const row = pause(joined(planned(3), 1, "two"), NOON, NOON + SECOND);
    expect(row).toMatchObject({ state: "free", plan: planOf(3), attempts: 1, lanes: [], touchedAt: NOON + SECOND });
    expect(begin(row, holderOf(NOON, 0, "three"), NOON + SECOND, TIMES).answer).toBe("gone");
    expect(renew(row, holderOf(NOON, 1, "two"), NOON + SECOND, TIMES).answer).toBe(false);
  });

  it("may still end for good", () => {
    expect(finish(pause(planned(3), NOON, NOON), NOON, 0, NOON)).toMatchObject({ state: "done", plan: null });
  });
});

describe("a URL that is offered while somebody fills", () => {
  const offered = (row: Claim, ...ends: (number | null)[]) =>
    ends.reduce<Claim>((before, endsAt) => kept(ask(before, NOON, { offer: offerOf({ endsAt }) })), row).better;

  it("is kept when it lives longer than the one that is used, and than the one that was kept", () => {
    expect(offered(filling(), NOON + HOUR)).toBeNull();
    expect(offered(filling(), NOON + HOUR + 1)).toEqual(offerOf({ endsAt: NOON + HOUR + 1 }));
    expect(offered(filling(), NOON + 3 * HOUR, NOON + 2 * HOUR)?.endsAt).toBe(NOON + 3 * HOUR);
    expect(offered(filling(), NOON + 2 * HOUR, NOON + 3 * HOUR)?.endsAt).toBe(NOON + 3 * HOUR);
  });

  it("that does not tell its end counts as one that lives for ever", () => {
    expect(offered(filling(), NOON + 2 * HOUR, null, NOON + 3 * HOUR)?.endsAt).toBeNull();
    const endless = queued(NOON, offerOf({ endsAt: null }));
    expect(offered(endless, NOON + 9 * HOUR, null)).toBeNull();
  });

  it("is not kept when it is of another object", () => {
    const row = filling();
    expect(ask(row, NOON, { offer: offerOf({ boundTo: "identity-2", endsAt: null }) }).claim).toBe(row);
  });
});

describe("one of many claims", () => {
  const told = (row: Claim | null, now: number) => claimOfMany(row, offerOf(), now, TIMES);

  it("ends as it would alone", () => {
    for (const row of [
      null,
      queued(),
      filling(),
      finish(queued(), NOON, MINUTE, NOON),
      pause(planned(1), NOON, NOON),
    ]) {
      expect(told(row, NOON).claim).toEqual(ask(row, NOON).claim);
    }
  });

  it("is told why the fill is not its own", () => {
    expect(told(null, NOON).answer).toBe(NOON);
    expect([queued(), filling()].map((row) => told(row, NOON).answer)).toEqual(["filling", "filling"]);
    expect(told(finish(queued(), NOON, MINUTE, NOON), NOON).answer).toBe("quiet");
    expect(told(finish(queued(), NOON, MINUTE, NOON), NOON + MINUTE).answer).toBe(NOON + MINUTE);
  });
});

describe("a purge", () => {
  it("makes everything before it worthless", () => {
    const { claim: row, answer } = revoke(joined(planned(3), 1, "two"), NOON);
    expect(answer).toEqual({ fence: NOON + 1, stopped: true });
    expect(row).toMatchObject({ fence: NOON + 1, state: "free", plan: null, boundTo: null, lanes: [], quietUntil: 0 });
    for (const fence of [NOON, NOON + 1]) {
      expect(begin(row, holderOf(fence), NOON, TIMES).answer).toBe("gone");
      expect(plan(row, holderOf(fence), planOf(1), NOON, TIMES)).toEqual({ claim: row, answer: false });
      expect(partDone(row, holderOf(fence), NOON, TIMES)).toEqual({ claim: row, answer: false });
    }
  });

  it("says whether it stopped somebody", () => {
    expect(revoke(null, NOON).answer).toEqual({ fence: NOON, stopped: false });
    expect(revoke(queued(), NOON).answer.stopped).toBe(true);
    expect(revoke(filling(), NOON + leaseMs).answer.stopped).toBe(false);
    expect(revoke(pause(planned(1), NOON, NOON), NOON).answer.stopped).toBe(false);
  });
});
