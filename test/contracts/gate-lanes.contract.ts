import { describe, expect, test } from "vitest";
import { partOf, planOf } from "../core/fills/claiming.ts";
import { type MakeClaimed, OFFER } from "./fill-gate.contract.ts";

const NOTHING_YET = { plan: null, url: null };

/** Who works in which lane, and until when. */
export function gateLanesContract(claimed: MakeClaimed): void {
  describe("lanes", () => {
    test("a lane is one consumer's, while that is alive", async () => {
      const { gate, key, holder, leaseMs, pass } = await claimed();
      expect(await gate.begin(key, holder("a"))).toEqual(NOTHING_YET);
      expect(await gate.begin(key, holder("b"))).toBe("busy");
      await pass(leaseMs * 0.6);
      expect(await gate.renew(key, holder("a"))).toBe(true);
      await pass(leaseMs * 0.6);
      expect(await gate.begin(key, holder("b"))).toBe("busy");
      expect(await gate.claim(key, OFFER, true)).toBeNull();
    });

    test("another attempt may begin when the first was silent for a lease, and the first has lost", async () => {
      const { gate, key, holder, leaseMs, pass } = await claimed();
      await gate.begin(key, holder("a"));
      await pass(leaseMs * 1.1);
      expect(await gate.begin(key, holder("b"))).toEqual(NOTHING_YET);
      expect(await gate.renew(key, holder("a"))).toBe(false);
      expect(await gate.renew(key, holder("b"))).toBe(true);
      await gate.requeue(key, holder("a"), 0);
      await gate.leave(key, holder("a"));
      expect(await gate.begin(key, holder("c"))).toBe("busy");
    });

    test("who was silent for a lease still has the lane when nobody came", async () => {
      const { gate, key, holder, leaseMs, pass } = await claimed();
      await gate.begin(key, holder("a"));
      await pass(leaseMs * 1.1);
      expect(await gate.renew(key, holder("a"))).toBe(true);
      expect(await gate.begin(key, holder("b"))).toBe("busy");
    });

    test("a failed attempt gives its place to the next, and to nobody else", async () => {
      const { gate, key, holder } = await claimed();
      await gate.begin(key, holder("a"));
      await gate.requeue(key, holder("a"), 60_000);
      expect(await gate.renew(key, holder("a"))).toBe(false);
      expect(await gate.claim(key, OFFER, true)).toBeNull();
      expect(await gate.begin(key, holder("b"))).toEqual(NOTHING_YET);
    });

    test("lanes do not stand in each other's way, and keep the claim together", async () => {
      const { gate, key, holder } = await claimed();
      await gate.begin(key, holder("a"));
      await gate.plan(key, holder("a"), planOf(3));
      expect(await gate.begin(key, holder("b", 1))).toEqual({ plan: planOf(3), url: null });
      expect(await gate.begin(key, holder("c", 1))).toBe("busy");
      expect(await gate.renew(key, holder("a", 1))).toBe(false);
      await gate.leave(key, holder("a"));
      expect(await gate.renew(key, holder("a"))).toBe(false);
      expect(await gate.claim(key, OFFER, true)).toBeNull();
      await gate.leave(key, holder("b", 1));
      expect(await gate.claim(key, OFFER, false)).not.toBeNull();
    });

    test("whoever lost the claim can do nothing to it", async () => {
      const { gate, key, holder } = await claimed();
      await gate.begin(key, holder("a"));
      await gate.plan(key, holder("a"), planOf(2));
      const stranger = holder("b");
      expect(await gate.plan(key, stranger, planOf(2, { uploadId: "theirs" }))).toBe(false);
      expect(await gate.partDone(key, stranger, partOf(1))).toBe(false);
      expect(await gate.next(key, stranger)).toEqual({ do: "lost" });
      await gate.dropPlan(key, stranger);
      await gate.requeue(key, stranger, 0);
      await gate.leave(key, stranger);
      expect(await gate.progress(key)).toMatchObject({ parts: 0, totalParts: 2 });
      expect(await gate.begin(key, holder("a"))).toEqual({ plan: planOf(2), url: null });
    });
  });
}
