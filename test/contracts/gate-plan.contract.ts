import { describe, expect, test } from "vitest";
import type { DonePart } from "../../src/core/fills/fill-plan.ts";
import { PART_BYTES, partOf, planOf } from "../core/fills/claiming.ts";
import { type Claimed, type MakeClaimed, OFFER } from "./fill-gate.contract.ts";

const numbersFrom = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** What is done of a fill, and who does what of the rest. */
export function gatePlanContract(claimed: MakeClaimed): void {
  /** A fill of so many parts, on which `a` works. */
  async function planned(parts: number): Promise<Claimed> {
    const made = await claimed();
    await made.gate.begin(made.key, made.holder("a"));
    expect(await made.gate.plan(made.key, made.holder("a"), planOf(parts))).toBe(true);
    return made;
  }

  async function store({ gate, key, holder }: Claimed, name: string, ...parts: DonePart[]): Promise<void> {
    for (const part of parts) expect(await gate.partDone(key, holder(name), part)).toBe(true);
  }

  describe("work", () => {
    test("is handed out in runs, the lowest parts first, and none of them twice", async () => {
      const { gate, key, holder } = await planned(33);
      await gate.begin(key, holder("b", 1));
      await gate.begin(key, holder("c", 2));
      expect(await gate.next(key, holder("a"))).toEqual({ do: "parts", numbers: numbersFrom(1, 16) });
      expect(await gate.next(key, holder("b", 1))).toEqual({ do: "parts", numbers: numbersFrom(17, 32) });
      expect(await gate.next(key, holder("c", 2))).toEqual({ do: "parts", numbers: [33] });
      await gate.partDone(key, holder("c", 2), partOf(33));
      expect(await gate.next(key, holder("c", 2))).toEqual({ do: "nothing" });
    });

    test("of a dead lane goes to others, and the dead lane has lost", async () => {
      const { gate, key, holder, leaseMs, pass } = await planned(3);
      await gate.next(key, holder("a"));
      await gate.partDone(key, holder("a"), partOf(2));
      await gate.begin(key, holder("b", 1));
      expect(await gate.next(key, holder("b", 1))).toEqual({ do: "nothing" });
      await pass(leaseMs * 1.1);
      expect(await gate.next(key, holder("b", 1))).toEqual({ do: "parts", numbers: [1, 3] });
      expect(await gate.partDone(key, holder("a"), partOf(1))).toBe(false);
      expect(await gate.next(key, holder("a"))).toEqual({ do: "lost" });
    });

    test("that was put back goes to others", async () => {
      const { gate, key, holder } = await planned(2);
      await gate.next(key, holder("a"));
      await gate.requeue(key, holder("a"), 0);
      await gate.begin(key, holder("b", 1));
      expect(await gate.next(key, holder("b", 1))).toEqual({ do: "parts", numbers: [1, 2] });
    });

    test("ends with a join of all parts in their order, by one lane only", async () => {
      const fill = await planned(3);
      const { gate, key, holder } = fill;
      await gate.begin(key, holder("b", 1));
      const parts = [partOf(1), partOf(2, { sha256: null, crc: "00ff" }), partOf(3, { bytes: 1 })] as const;
      await store(fill, "a", parts[2], partOf(1, { etag: "first try" }), parts[1], parts[0]);
      expect(await gate.next(key, holder("b", 1))).toEqual({ do: "join", parts });
      expect(await gate.next(key, holder("a"))).toEqual({ do: "nothing" });
      expect(await gate.next(key, holder("b", 1))).toEqual({ do: "join", parts });
      await gate.requeue(key, holder("b", 1), 0);
      expect(await gate.next(key, holder("a"))).toEqual({ do: "join", parts });
    });

    test("that is done can be seen", async () => {
      const { gate, key, holder, fence } = await claimed();
      const nothing = { bytes: 0, totalBytes: null, parts: 0, totalParts: null };
      expect(await gate.progress(key)).toEqual({ ...nothing, attempts: 0 });
      await gate.begin(key, holder("a"));
      expect(await gate.progress(key)).toEqual({ ...nothing, attempts: 1 });
      await gate.plan(key, holder("a"), planOf(3));
      await gate.partDone(key, holder("a"), partOf(3, { bytes: 1 }));
      await gate.partDone(key, holder("a"), partOf(1));
      const totals = { totalBytes: 2 * PART_BYTES + 1, totalParts: 3 };
      expect(await gate.progress(key)).toEqual({ ...totals, bytes: PART_BYTES + 1, parts: 2, attempts: 1 });
      await gate.finish(key, fence, 60_000);
      expect(await gate.progress(key)).toBeNull();
    });
  });

  describe("what is done", () => {
    test("is found by the next attempt, and by the next fill of the same object", async () => {
      const fill = await planned(3);
      const { gate, key, holder, fence } = fill;
      await store(fill, "a", partOf(1));
      await gate.requeue(key, holder("a"), 0);
      expect(await gate.begin(key, holder("b"))).toEqual({ plan: planOf(3), url: null });
      await store(fill, "b", partOf(2));
      await gate.pause(key, fence);
      expect(await gate.begin(key, holder("c"))).toBe("gone");
      expect(await gate.progress(key)).toMatchObject({ parts: 2, attempts: 2 });
      const next = { fence: (await gate.claim(key, OFFER, false)) ?? Number.NaN, lane: 0, holder: "d" };
      expect(await gate.begin(key, next)).toEqual({ plan: planOf(3), url: null });
      expect(await gate.next(key, next)).toEqual({ do: "parts", numbers: [3] });
      expect(await gate.progress(key)).toMatchObject({ parts: 2, attempts: 3 });
    });

    test("is forgotten by a fill of another object, by an end and by a purge", async () => {
      for (const [end, offer] of [
        ["pause", { ...OFFER, boundTo: "identity-2" }],
        ["finish", OFFER],
        ["revoke", OFFER],
      ] as const) {
        const fill = await planned(3);
        const { gate, key, fence } = fill;
        await store(fill, "a", partOf(1));
        await (end === "finish" ? gate.finish(key, fence, 0) : gate[end](key, fence));
        const next = { fence: (await gate.claim(key, offer, false)) ?? Number.NaN, lane: 0, holder: "b" };
        expect(await gate.begin(key, next)).toEqual({ plan: null, url: null });
        expect(await gate.progress(key)).toMatchObject({ parts: 0, totalParts: null, attempts: 1 });
        await gate.plan(key, next, planOf(1, { uploadId: "upload-2" }));
        expect(await gate.next(key, next)).toEqual({ do: "parts", numbers: [1] });
      }
    });

    test("is forgotten with its plan, and whoever else worked on that has lost", async () => {
      for (const dropped of [true, false]) {
        const fill = await planned(3);
        const { gate, key, holder } = fill;
        await gate.begin(key, holder("b", 1));
        await store(fill, "a", partOf(1));
        if (dropped) await gate.dropPlan(key, holder("a"));
        else await gate.plan(key, holder("a"), planOf(2, { uploadId: "upload-2" }));
        expect(await gate.partDone(key, holder("b", 1), partOf(2))).toBe(false);
        expect(await gate.progress(key)).toMatchObject({ parts: 0, totalParts: dropped ? null : 2 });
        expect(await gate.renew(key, holder("a"))).toBe(true);
        expect(await gate.partDone(key, holder("a"), partOf(2))).toBe(!dropped);
      }
    });

    test("stays when the plan of the same upload is told again, as one that knows the size by now", async () => {
      const { gate, key, holder } = await claimed();
      await gate.begin(key, holder("a"));
      await gate.plan(key, holder("a"), planOf(2, { size: null }));
      await gate.partDone(key, holder("a"), partOf(1));
      expect(await gate.progress(key)).toMatchObject({ parts: 1, totalBytes: null, totalParts: null });
      await gate.plan(key, holder("a"), planOf(2));
      expect(await gate.next(key, holder("a"))).toEqual({ do: "parts", numbers: [2] });
    });
  });
}
