import { describe, expect, test } from "vitest";
import { LONGEST_BACK_OFF_MS, NOTED_LEASES } from "../../src/core/fills/slots.ts";
import type { FillSlots } from "../../src/ports/fill-slots.ts";
import { HOUR, MINUTE, SECOND } from "../core/samples.ts";

/** Places that a silent holder keeps for `leaseMs`; `pass` lets time go by. */
export type SlotsUnderTest = {
  readonly slots: FillSlots;
  readonly leaseMs: number;
  now(): number;
  pass(ms: number): void;
};

export function fillSlotsContract(title: string, make: () => SlotsUnderTest): void {
  /** A name of its own with so many places, and those who ask for one by a letter. */
  function places(limit: number) {
    const { slots, ...rest } = make();
    const name = `origin:https://${crypto.randomUUID()}.example.com`;
    const take = (holder: string, deadline: number | null = null) => slots.take({ name, holder, limit, deadline });
    const giveBack = (holder: string) => slots.giveBack(name, holder);
    const backOff = (ms: number) => slots.backOff(name, ms);
    const takeWith = (lower: number, holder: string) => slots.take({ name, holder, limit: lower, deadline: null });
    return { ...rest, slots, name, take, giveBack, backOff, takeWith };
  }

  describe(`FillSlots: ${title}`, () => {
    test("of 50 who ask at once as many get a place as there are, and the others hear when to come back", async () => {
      const { take } = places(8);
      const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => take(`holder-${at}`)));
      expect(answers.filter((answer) => answer === null)).toHaveLength(8);
      const waits = answers.filter((answer) => answer !== null);
      expect(waits.every((ms) => ms >= SECOND && ms <= MINUTE)).toBe(true);
    });

    test("names do not stand in each other's way", async () => {
      const { slots, take } = places(1);
      expect(await take("a")).toBeNull();
      const wish = { name: `tenant:${crypto.randomUUID()}`, holder: "b", limit: 1, deadline: null };
      expect(await slots.take(wish)).toBeNull();
    });

    test("a holder that asks again keeps its one place, for a lease from then", async () => {
      const { take, leaseMs, pass } = places(2);
      expect(await take("a")).toBeNull();
      for (let time = 0; time < 5; time++) {
        pass(leaseMs * 0.9);
        expect(await take("a")).toBeNull();
      }
      pass(leaseMs * 0.9);
      expect(await take("b")).toBeNull();
      expect(await take("c")).not.toBeNull();
    });

    test("a silent holder's place is free some time after its lease", async () => {
      const { take, leaseMs, pass } = places(1);
      await take("a");
      pass(leaseMs * 0.99);
      expect(await take("b")).not.toBeNull();
      pass(leaseMs * (NOTED_LEASES - 0.98));
      expect(await take("b")).toBeNull();
      expect(await take("a")).not.toBeNull();
    });

    test("a place that is given back is the next one's, and giving back twice gives nobody's away", async () => {
      const { take, giveBack } = places(1);
      await take("a");
      await giveBack("a");
      expect(await take("b")).toBeNull();
      await giveBack("a");
      expect(await take("c")).not.toBeNull();
    });

    test("giving back what nobody has changes nothing", async () => {
      const { take, giveBack } = places(1);
      await giveBack("nobody");
      expect(await take("a")).toBeNull();
    });

    test("who came first is first, though another asks before it", async () => {
      const { take, giveBack } = places(1);
      await take("a");
      expect(await take("b")).not.toBeNull();
      expect(await take("c")).not.toBeNull();
      await giveBack("a");
      expect(await take("c")).not.toBeNull();
      expect(await take("b")).toBeNull();
    });

    test("the nearest deadline is first, though another came before it", async () => {
      const { take, giveBack, now } = places(1);
      await take("a");
      const deadline = now() + HOUR;
      expect(await take("never")).not.toBeNull();
      expect(await take("late", deadline + HOUR)).not.toBeNull();
      expect(await take("near", deadline)).not.toBeNull();
      await giveBack("a");
      expect(await take("never")).not.toBeNull();
      expect(await take("late", deadline + HOUR)).not.toBeNull();
      expect(await take("near", deadline)).toBeNull();
      await giveBack("near");
      expect(await take("never")).not.toBeNull();
      expect(await take("late", deadline + HOUR)).toBeNull();
    });

    test("a waiter that does not come back blocks no place", async () => {
      const { take, giveBack, pass, now } = places(1);
      await take("a");
      await take("lost", now() + HOUR);
      await take("b");
      await giveBack("a");
      pass(MINUTE / 2);
      expect(await take("b")).toBeNull();
    });

    test("a waiter that gives up leaves its turn to the next", async () => {
      const { take, giveBack } = places(1);
      await take("a");
      await take("b");
      await take("c");
      await giveBack("b");
      await giveBack("a");
      expect(await take("c")).toBeNull();
    });

    test("a lowered limit takes no place away, and gives none before enough are free", async () => {
      const { take, takeWith, giveBack } = places(3);
      for (const holder of ["a", "b", "c"]) await take(holder);
      expect(await takeWith(1, "c")).toBeNull();
      await giveBack("a");
      await giveBack("b");
      expect(await takeWith(1, "d")).not.toBeNull();
      await giveBack("c");
      expect(await takeWith(1, "d")).toBeNull();
    });

    test("while an origin wants peace nobody new gets a place, and who has one keeps it", async () => {
      const { take, backOff, pass, leaseMs } = places(2);
      await take("a");
      await backOff(leaseMs * 2);
      const wait = (await take("b")) ?? Number.NaN;
      expect(wait).toBeGreaterThanOrEqual(leaseMs * 2);
      pass(leaseMs * 0.9);
      expect(await take("a")).toBeNull();
      expect(await take("b")).toBeGreaterThanOrEqual(leaseMs);
      pass(leaseMs * 1.1);
      expect(await take("b")).toBeNull();
    });

    test("a shorter back-off does not end a longer one, a longer one does, and none lasts for ever", async () => {
      const { take, backOff, pass } = places(1);
      await backOff(MINUTE);
      await backOff(SECOND);
      await backOff(-HOUR);
      pass(2 * SECOND);
      expect(await take("a")).toBeGreaterThanOrEqual(58 * SECOND);
      await backOff(2 * MINUTE);
      pass(MINUTE);
      expect(await take("a")).toBeGreaterThanOrEqual(MINUTE);
      await backOff(1000 * HOUR);
      pass(LONGEST_BACK_OFF_MS);
      expect(await take("a")).toBeNull();
    });

    test("a back-off holds though nobody has a place", async () => {
      const { take, giveBack, backOff } = places(1);
      await take("a");
      await backOff(MINUTE);
      await giveBack("a");
      expect(await take("a")).toBeGreaterThanOrEqual(MINUTE);
    });
  });
}
