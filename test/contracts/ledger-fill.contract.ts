import { describe, expect, test } from "vitest";
import { COPY_IN_PARTS, NOON, SECOND } from "../core/samples.ts";
import type { MakeLedger } from "./entry-ledger.contract.ts";
import { numberedKey } from "./keys.ts";
import { copyOf, noteOf } from "./notes.ts";

const FAILURE = { code: "ORIGIN_STATUS", message: "The origin answered 500." };

/** How a fill ends: published, failed, or overtaken; and what is counted after. */
export function ledgerFillContract(make: MakeLedger): void {
  async function filling() {
    const { ledger, tenants } = await make();
    const key = numberedKey(tenants[0], 1);
    await ledger.noteFills([noteOf(key)], NOON);
    return { ledger, key, tenants };
  }

  describe("publish", () => {
    test("makes the entry ready, and hands back the copy that was there before", async () => {
      const { ledger, key } = await filling();
      const copy = { ...copyOf("g1"), size: 5 * 2 ** 40, contentType: null, originEtag: null, etag: '"\u00e9"' };
      expect(await ledger.publish(key, 1, copy, NOON + SECOND)).toEqual({ superseded: null });
      expect(await ledger.find(key)).toMatchObject({ state: "ready", copy, updatedAt: NOON + SECOND });
      const next = await ledger.publish(key, 2, copyOf("g2"), NOON);
      expect(next).toEqual({ superseded: { key, generation: "g1" } });
      expect(await ledger.find(key)).toMatchObject({ copy: copyOf("g2") });
    });

    test("keeps all that a copy has that was stored in parts, and nothing of it beyond that copy", async () => {
      const { ledger, key } = await filling();
      const copy = { ...COPY_IN_PARTS, generation: "g1" };
      await ledger.publish(key, 1, copy, NOON);
      expect((await ledger.find(key))?.copy).toEqual(copy);
      const both = { ...copy, generation: "g2", sha256: "ef".repeat(32) };
      await ledger.publish(key, 2, both, NOON);
      expect((await ledger.find(key))?.copy).toEqual(both);
      await ledger.publish(key, 3, copyOf("g3"), NOON);
      expect((await ledger.find(key))?.copy).toEqual(copyOf("g3"));
    });

    test("is refused with a fence older than the entry has seen, and for an entry that is not there", async () => {
      const { ledger, key, tenants } = await filling();
      await ledger.noteFills([noteOf(key, { fence: 3 })], NOON);
      expect(await ledger.publish(key, 2, copyOf("g1"), NOON)).toBeNull();
      expect(await ledger.find(key)).toMatchObject({ state: "filling", copy: null });
      expect(await ledger.publish(numberedKey(tenants[0], 9), 9, copyOf("g1"), NOON)).toBeNull();
    });

    test("of the copy that is there already hands nothing back: a message may come twice", async () => {
      const { ledger, key } = await filling();
      await ledger.publish(key, 1, copyOf("g1"), NOON);
      expect(await ledger.publish(key, 1, copyOf("g1"), NOON)).toEqual({ superseded: null });
    });

    test("ends staleness and forgets the failure", async () => {
      const { ledger, key } = await filling();
      await ledger.publish(key, 1, copyOf("g1"), NOON);
      await ledger.markStale(key, "g1", NOON);
      await ledger.fail(key, 1, FAILURE, true, NOON);
      expect(await ledger.find(key)).toMatchObject({ state: "stale", failure: FAILURE });
      await ledger.publish(key, 2, copyOf("g2"), NOON);
      expect(await ledger.find(key)).toMatchObject({ state: "ready", failure: null });
    });

    test("of two at once one supersedes the other", async () => {
      const { ledger, key } = await filling();
      const both = await Promise.all(["g1", "g2"].map((name) => ledger.publish(key, 1, copyOf(name), NOON)));
      const last = (await ledger.find(key))?.copy?.generation;
      const handedBack = both.map((published) => published?.superseded?.generation ?? null);
      expect(handedBack.toSorted()).toEqual([last === "g1" ? "g2" : "g1", null].toSorted());
    });
  });

  describe("fail", () => {
    test("in the end, the entry has failed", async () => {
      const { ledger, key } = await filling();
      await ledger.fail(key, 1, FAILURE, true, NOON + SECOND);
      expect(await ledger.find(key)).toMatchObject({ state: "failed", failure: FAILURE, updatedAt: NOON + SECOND });
      await ledger.noteFills([noteOf(key, { fence: 2 })], NOON);
      expect(await ledger.find(key)).toMatchObject({ state: "filling", failure: FAILURE });
    });

    test("for now, the entry is still filling", async () => {
      const { ledger, key } = await filling();
      await ledger.fail(key, 1, FAILURE, false, NOON);
      expect(await ledger.find(key)).toMatchObject({ state: "filling", failure: FAILURE });
    });

    test("leaves a copy that is there, and its state", async () => {
      const { ledger, key } = await filling();
      await ledger.publish(key, 1, copyOf("g1"), NOON);
      await ledger.fail(key, 2, FAILURE, true, NOON);
      expect(await ledger.find(key)).toMatchObject({ state: "ready", copy: copyOf("g1"), failure: FAILURE });
    });

    test("with an older fence, or of nothing, changes nothing", async () => {
      const { ledger, key, tenants } = await filling();
      await ledger.noteFills([noteOf(key, { fence: 3 })], NOON);
      await ledger.fail(key, 2, FAILURE, true, NOON);
      expect(await ledger.find(key)).toMatchObject({ state: "filling", failure: null });
      await ledger.fail(numberedKey(tenants[0], 9), 9, FAILURE, true, NOON);
      expect(await ledger.find(numberedKey(tenants[0], 9))).toBeNull();
    });
  });

  describe("markStale", () => {
    test("marks the copy that is meant and no other", async () => {
      const { ledger, key } = await filling();
      await ledger.markStale(key, "g1", NOON);
      await ledger.publish(key, 1, copyOf("g1"), NOON);
      await ledger.markStale(key, "g0", NOON);
      expect(await ledger.find(key)).toMatchObject({ state: "ready" });
      await ledger.markStale(key, "g1", NOON + SECOND);
      expect(await ledger.find(key)).toMatchObject({ state: "stale", copy: copyOf("g1"), updatedAt: NOON + SECOND });
    });
  });
}
