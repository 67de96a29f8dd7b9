import { describe, expect, it } from "vitest";
import { clearing, REMEMBERED_FOR_MS, rememberedHits } from "../../src/app/remembered-hits.ts";
import { entryKeyOf } from "../../src/core/entry-key.ts";
import { NOTHING_WITHDRAWN, revokeLinks, type Withdrawals } from "../../src/core/withdrawals.ts";
import { heldEntry, NOON, tenantId } from "../core/samples.ts";
import { fakeClock } from "../fakes/clock.ts";
import { fakeTenants } from "../fakes/directory.ts";

const KEY = entryKeyOf(tenantId("acme"), "a".repeat(43));
const ENTRY = heldEntry();
const GROUND = { key: KEY, entry: ENTRY, epoch: 0, until: NOON + REMEMBERED_FOR_MS };

function memory() {
  const clock = fakeClock(NOON);
  const now = { held: ENTRY as unknown, withdrawals: NOTHING_WITHDRAWN as Withdrawals | null };
  const index = { holds: (name: string, entry: unknown) => name === `acme/${KEY.id}` && entry === now.held };
  const hits = rememberedHits<string>({ index, withdrawals: { known: () => now.withdrawals } });
  hits.keep("text", GROUND, "answer", 10);
  return { clock, now, hits, find: (text: string) => hits.find(text, clock.now()) };
}

describe("an answer", () => {
  it("is given again to the very same text", () => {
    const { find } = memory();
    expect([find("text"), find("texts"), find("")]).toEqual(["answer", null, null]);
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

  it("ends with a change of any tenant's settings, before and after that", async () => {
    const { hits, find } = memory();
    const directory = fakeTenants();
    const during: (string | null)[] = [];
    const forget = async (...names: Parameters<typeof directory.forget>) => {
      during.push(find("text"));
      // By somebody who has still seen the old ones.
      hits.keep("text", GROUND, "old answer", 10);
      await directory.forget(...names);
    };
    await clearing(hits, { ...directory, forget }).forget([{ by: "site", value: "acme" }]);
    expect([...during, find("text")]).toEqual([null, null]);
    expect(directory.forgotten).toEqual([{ by: "site", value: "acme" }]);
  });
});
