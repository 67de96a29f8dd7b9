import { describe, expect, it, vi } from "vitest";
import { REMEMBERED_FOR_MS, rememberedHits } from "../../src/app/remembered-hits.ts";
import { entryKeyOf } from "../../src/core/entry-key.ts";
import { NOTHING_WITHDRAWN, revokeLinks, type Withdrawals } from "../../src/core/withdrawals.ts";
import { heldEntry, NOON, tenantId } from "../core/samples.ts";
import { fakeClock } from "../fakes/clock.ts";

const KEY = entryKeyOf(tenantId("acme"), "a".repeat(43));
const ENTRY = heldEntry();
const GROUND = { key: KEY, entry: ENTRY, epoch: 0, at: NOON, until: NOON + REMEMBERED_FOR_MS };

function memory() {
  const clock = fakeClock(NOON);
  const now = { held: ENTRY as unknown, withdrawals: NOTHING_WITHDRAWN as Withdrawals | null };
  const index = { holds: (name: string, entry: unknown) => name === `acme/${KEY.id}` && entry === now.held };
  const hits = rememberedHits<string>({ index, withdrawals: { known: () => now.withdrawals } });
  const keep = (text: string, answer: string, asOf = hits.asOf()) =>
    hits.keep(text, GROUND, { bytes: 10, asOf }, () => answer);
  for (let time = 0; time < 2; time += 1) keep("text", "answer");
  return { clock, now, hits, keep, find: (text: string) => hits.find(text, clock.now()) };
}

describe("an answer", () => {
  it("is given again to the very same text", () => {
    const { find } = memory();
    expect([find("text"), find("texts"), find("")]).toEqual(["answer", null, null]);
  });

  it("is neither made nor kept for a text that comes for the first time", () => {
    const { hits, find } = memory();
    const made = vi.fn(() => "another");
    const about = { bytes: 10, asOf: hits.asOf() };
    hits.keep("another text", GROUND, about, made);
    expect([made.mock.calls.length, find("another text")]).toEqual([0, null]);
    hits.keep("another text", GROUND, about, made);
    expect([made.mock.calls.length, find("another text")]).toEqual([1, "another"]);
  });

  it("ends with what it was decided by", () => {
    const { find, clock } = memory();
    clock.set(GROUND.until - 1);
    expect(find("text")).toBe("answer");
    clock.set(GROUND.until);
    expect(find("text")).toBeNull();
  });

  it("ends when its entry is remembered no more, or another in its place", () => {
    const { find, now } = memory();
    now.held = heldEntry();
    expect(find("text")).toBeNull();
  });

  it("ends with its tenant's links, and where nobody knows of them", () => {
    const { find, now } = memory();
    now.withdrawals = null;
    expect(find("text")).toBeNull();
    now.withdrawals = { ...NOTHING_WITHDRAWN };
    expect(find("text")).toBe("answer");
    now.withdrawals = revokeLinks(NOTHING_WITHDRAWN);
    expect(find("text")).toBeNull();
  });

  it("ends with a change of any tenant's settings", () => {
    const { hits, find } = memory();
    hits.clear();
    expect(find("text")).toBeNull();
  });

  it("is not kept when settings have changed since it was begun to be decided", () => {
    const { hits, keep, find } = memory();
    const asOf = hits.asOf();
    hits.clear();
    keep("text", "by the old settings", asOf);
    expect(find("text")).toBeNull();
    keep("text", "by the new ones");
    expect(find("text")).toBe("by the new ones");
  });

  it("is not given when the clock was put back", () => {
    const { find, clock } = memory();
    clock.set(GROUND.at - 1);
    expect(find("text")).toBeNull();
  });

  it("is gone once it has ended: its text is somebody's signed link", () => {
    const { find, clock } = memory();
    clock.set(GROUND.until);
    expect(find("text")).toBeNull();
    clock.set(GROUND.until - 1);
    expect(find("text")).toBeNull();
  });

  it("is not kept for a text so long that a few of its kind would push out all others", () => {
    const { keep, find } = memory();
    const texts = [4_096, 4_097].map((length) => "x".repeat(length));
    for (const text of [...texts, ...texts]) keep(text, "answer");
    expect(texts.map(find)).toEqual(["answer", null]);
  });
});
