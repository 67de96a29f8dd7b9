import { describe, expect, test } from "vitest";
import type { FillGate } from "../../src/ports/fill-gate.ts";
import { newKey, newTenant } from "./keys.ts";

/** A gate that gives a silent consumer up after `leaseMs`; `pass` lets time go by. */
export type GateUnderTest = { readonly gate: FillGate; readonly leaseMs: number; pass(ms: number): Promise<void> };

export function fillGateContract(name: string, make: () => GateUnderTest): void {
  async function claimed() {
    const { gate, leaseMs, pass } = make();
    const key = newKey();
    const fence = (await gate.claim(key)) ?? Number.NaN;
    return { gate, leaseMs, pass, key, fence };
  }

  describe(`FillGate: ${name}`, () => {
    test("of 100 who ask at once one gets the fill", async () => {
      const { gate } = make();
      const key = newKey();
      const fences = await Promise.all(Array.from({ length: 100 }, () => gate.claim(key)));
      expect(fences.filter((fence) => fence !== null)).toHaveLength(1);
    });

    test("entries do not stand in each other's way, nor tenants with the same id", async () => {
      const { gate, key, fence } = await claimed();
      const theirs = { ...key, tenant: newTenant() };
      expect(await gate.begin(theirs, fence, "g1")).toBe("gone");
      expect(await gate.claim(theirs)).not.toBeNull();
      expect(await gate.claim(newKey(key.tenant))).not.toBeNull();
    });

    test("a claim is begun once, while its attempt is alive", async () => {
      const { gate, key, fence, leaseMs, pass } = await claimed();
      expect(await gate.begin(key, fence, "g1")).toBe("begun");
      expect(await gate.begin(key, fence, "g2")).toBe("busy");
      await pass(leaseMs * 0.6);
      expect(await gate.renew(key, fence, "g1")).toBe(true);
      await pass(leaseMs * 0.6);
      expect(await gate.begin(key, fence, "g2")).toBe("busy");
      expect(await gate.claim(key)).toBeNull();
    });

    test("another attempt may begin when the first was silent for a lease, and the first has lost", async () => {
      const { gate, key, fence, leaseMs, pass } = await claimed();
      await gate.begin(key, fence, "g1");
      await pass(leaseMs * 1.1);
      expect(await gate.begin(key, fence, "g2")).toBe("begun");
      expect(await gate.renew(key, fence, "g1")).toBe(false);
      expect(await gate.renew(key, fence, "g2")).toBe(true);
      await gate.requeue(key, fence, "g1", 0);
      expect(await gate.begin(key, fence, "g3")).toBe("busy");
    });

    test("a dead holder's entry may be claimed anew, with a higher fence", async () => {
      const { gate, key, fence, leaseMs, pass } = await claimed();
      await gate.begin(key, fence, "g1");
      await pass(leaseMs * 1.1);
      const next = await gate.claim(key);
      expect(next).toBeGreaterThan(fence);
      expect(await gate.begin(key, fence, "g2")).toBe("gone");
      await gate.finish(key, fence);
      expect(await gate.begin(key, next ?? 0, "g3")).toBe("begun");
    });

    test("a failed attempt gives its place to the next, and to nobody else", async () => {
      const { gate, key, fence } = await claimed();
      await gate.begin(key, fence, "g1");
      await gate.requeue(key, fence, "g1", 60_000);
      expect(await gate.renew(key, fence, "g1")).toBe(false);
      expect(await gate.claim(key)).toBeNull();
      expect(await gate.begin(key, fence, "g2")).toBe("begun");
    });

    test("what is finished is free, and a second delivery finds nothing to do", async () => {
      const { gate, key, fence } = await claimed();
      await gate.begin(key, fence, "g1");
      await gate.finish(key, fence);
      expect(await gate.begin(key, fence, "g2")).toBe("gone");
      expect(await gate.renew(key, fence, "g1")).toBe(false);
      expect(await gate.claim(key)).toBeGreaterThan(fence);
    });

    test("a claim whose message was never sent may be given back", async () => {
      const { gate, key, fence } = await claimed();
      await gate.finish(key, fence);
      expect(await gate.claim(key)).not.toBeNull();
    });

    test("a purge stops a fill, queued or under way, and takes a higher fence", async () => {
      for (const begun of [false, true]) {
        const { gate, key, fence } = await claimed();
        if (begun) await gate.begin(key, fence, "g1");
        const revoked = await gate.revoke(key);
        expect(revoked).toEqual({ fence: expect.any(Number), stopped: true });
        expect(revoked.fence).toBeGreaterThan(fence);
        expect(await gate.renew(key, fence, "g1")).toBe(false);
        expect(await gate.begin(key, fence, "g2")).toBe("gone");
        await gate.finish(key, fence);
        expect(await gate.claim(key)).toBeGreaterThan(revoked.fence);
      }
    });

    test("a purge of what nobody fills stops nothing, and fences grow all the same", async () => {
      const { gate } = make();
      const key = newKey();
      const first = await gate.revoke(key);
      const second = await gate.revoke(key);
      expect([first.stopped, second.stopped]).toEqual([false, false]);
      expect(second.fence).toBeGreaterThan(first.fence);
    });
  });
}
