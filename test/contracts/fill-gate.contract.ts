import { describe, expect, test } from "vitest";
import type { EntryKey } from "../../src/core/entry-key.ts";
import type { FillGate, Holder, OfferedUrl } from "../../src/ports/fill-gate.ts";
import { NOON } from "../core/samples.ts";
import { gateLanesContract } from "./gate-lanes.contract.ts";
import { gatePlanContract } from "./gate-plan.contract.ts";
import { newKey, newKeysOfOneShard, newTenant } from "./keys.ts";

/** A gate that gives a silent consumer up after `leaseMs`; `pass` lets time go by. */
export type GateUnderTest = { readonly gate: FillGate; readonly leaseMs: number; pass(ms: number): Promise<void> };

export type Claimed = GateUnderTest & {
  readonly key: EntryKey;
  readonly fence: number;
  /** One that works under the claim. */
  holder(name: string, lane?: number): Holder;
};

/** An entry that somebody just claimed. */
export type MakeClaimed = () => Promise<Claimed>;

export const OFFER: OfferedUrl = { boundTo: "identity-1", sealedUrl: "sealed-1", endsAt: NOON };

export function fillGateContract(name: string, make: () => GateUnderTest): void {
  async function claimed(): Promise<Claimed> {
    const under = make();
    const key = newKey();
    const fence = (await under.gate.claim(key, OFFER, false)) ?? Number.NaN;
    return { ...under, key, fence, holder: (holder, lane = 0) => ({ fence, lane, holder }) };
  }

  describe(`FillGate: ${name}`, () => {
    test("of 100 who ask at once one gets the fill", async () => {
      const { gate } = make();
      const key = newKey();
      const fences = await Promise.all(Array.from({ length: 100 }, () => gate.claim(key, OFFER, false)));
      expect(fences.filter((fence) => fence !== null)).toHaveLength(1);
    });

    test("entries do not stand in each other's way, nor tenants with the same id", async () => {
      const { gate, key, holder } = await claimed();
      const theirs = { ...key, tenant: newTenant() };
      expect(await gate.begin(theirs, holder("a"))).toBe("gone");
      expect(await gate.claim(theirs, OFFER, false)).not.toBeNull();
      expect(await gate.claim(newKey(key.tenant), OFFER, false)).not.toBeNull();
    });

    test("a dead holder's entry may be claimed anew, with a higher fence", async () => {
      const { gate, key, fence, holder, leaseMs, pass } = await claimed();
      await gate.begin(key, holder("a"));
      await pass(leaseMs * 1.1);
      const next = (await gate.claim(key, OFFER, false)) ?? Number.NaN;
      expect(next).toBeGreaterThan(fence);
      expect(await gate.begin(key, holder("b"))).toBe("gone");
      await gate.finish(key, fence, 60_000);
      await gate.pause(key, fence);
      expect(await gate.begin(key, { fence: next, lane: 0, holder: "c" })).toEqual({ plan: null, url: null });
    });

    test("what is finished is free, and a second delivery finds nothing to do", async () => {
      const { gate, key, fence, holder } = await claimed();
      await gate.begin(key, holder("a"));
      await gate.finish(key, fence, 0);
      expect(await gate.begin(key, holder("b"))).toBe("gone");
      expect(await gate.renew(key, holder("a"))).toBe(false);
      expect(await gate.claim(key, OFFER, false)).toBeGreaterThan(fence);
    });

    test("what failed is quiet for a while, but for who insists", async () => {
      const { gate, key, fence } = await claimed();
      await gate.finish(key, fence, 60_000);
      await gate.finish(key, fence, 0);
      expect(await gate.claim(key, OFFER, false)).toBeNull();
      expect(await gate.claim(key, OFFER, true)).toBeGreaterThan(fence);
      expect(await gate.claim(key, OFFER, true)).toBeNull();
    });

    test("what failed is quiet for its own object only", async () => {
      const { gate, key, fence } = await claimed();
      await gate.finish(key, fence, 60_000);
      expect(await gate.claim(key, { ...OFFER, boundTo: "identity-2" }, false)).toBeGreaterThan(fence);
    });

    test("a claim whose message was never sent may be given back", async () => {
      const { gate, key, fence } = await claimed();
      await gate.finish(key, fence, 0);
      expect(await gate.claim(key, OFFER, false)).not.toBeNull();
    });

    test("an attempt is told of the URL that lives longest, of those of its object", async () => {
      const { gate, key, holder } = await claimed();
      const better = { ...OFFER, sealedUrl: "sealed-2", endsAt: NOON + 2 };
      for (const offer of [
        { ...OFFER, sealedUrl: "no better" },
        better,
        { ...OFFER, sealedUrl: "worse again", endsAt: NOON + 1 },
        { ...OFFER, sealedUrl: "another object", boundTo: "identity-2", endsAt: null },
      ]) {
        expect(await gate.claim(key, offer, false)).toBeNull();
      }
      expect(await gate.begin(key, holder("a"))).toEqual({ plan: null, url: better });
      const endless = { ...OFFER, sealedUrl: "sealed-3", endsAt: null };
      await gate.claim(key, endless, true);
      expect(await gate.begin(key, holder("a"))).toEqual({ plan: null, url: endless });
    });

    test("a purge stops a fill, queued or under way, and takes a higher fence", async () => {
      for (const begun of [false, true]) {
        const { gate, key, fence, holder } = await claimed();
        if (begun) await gate.begin(key, holder("a"));
        const revoked = await gate.revoke(key);
        expect(revoked).toEqual({ fence: expect.any(Number), stopped: true });
        expect(revoked.fence).toBeGreaterThan(fence);
        expect(await gate.renew(key, holder("a"))).toBe(false);
        expect(await gate.begin(key, holder("b"))).toBe("gone");
        await gate.finish(key, fence, 60_000);
        expect(await gate.claim(key, OFFER, false)).toBeGreaterThan(revoked.fence);
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

    test("of many wishes each has its own answer, in their order", async () => {
      const { gate, key, fence } = await claimed();
      const [, failed = key, ...free] = newKeysOfOneShard(100, key);
      const their = (await gate.claim(failed, OFFER, false)) ?? Number.NaN;
      await gate.finish(failed, their, 60_000);
      const wishes = [key, ...free, failed].map((wanted) => ({ key: wanted, offer: OFFER }));
      const [held, ...answers] = await gate.claimMany(wishes);
      expect([held, answers.at(-1)]).toEqual(["filling", "quiet"]);
      expect(answers.slice(0, -1)).toEqual(free.map(() => expect.any(Number)));
      for (const [at, granted] of free.entries()) {
        const holder = { fence: Number(answers[at]), lane: 0, holder: "a" };
        expect(await gate.begin(granted, holder)).toEqual({ plan: null, url: null });
      }
      expect(await gate.begin(key, { fence, lane: 0, holder: "a" })).toEqual({ plan: null, url: null });
      expect(await gate.claimMany([])).toEqual([]);
    });

    test("many that are given back are free at once, but for what was claimed anew or purged meanwhile", async () => {
      const { gate } = make();
      const keys = newKeysOfOneShard(20);
      const wishes = keys.map((key) => ({ key, offer: OFFER }));
      const granted = (await gate.claimMany(wishes)).map((fence, at) => ({
        key: keys[at] ?? newKey(),
        fence: Number(fence),
      }));
      const [purged = newKey()] = keys;
      const { fence: after } = await gate.revoke(purged);
      const anew = Number(await gate.claim(purged, OFFER, false));
      expect(anew).toBeGreaterThan(after);
      await gate.giveBack(granted);
      expect(await gate.claimMany(wishes)).toEqual(["filling", ...keys.slice(1).map(() => expect.any(Number))]);
      await gate.giveBack([]);
    });

    test("wishes and claims of several shards at once are refused, and change nothing", async () => {
      const { gate } = make();
      const keys = Array.from({ length: 100 }, () => newKey());
      const claims = keys.map((key) => ({ key, offer: OFFER, fence: 1 }));
      await expect(gate.claimMany(claims)).rejects.toThrow("shards");
      await expect(gate.giveBack(claims)).rejects.toThrow("shards");
      expect(await Promise.all(keys.map((key) => gate.progress(key)))).toEqual(keys.map(() => null));
    });

    test("of many wishes for one entry one gets the fill, and it is told of the URL that lives longest", async () => {
      const { gate } = make();
      const key = newKey();
      const better = { ...OFFER, sealedUrl: "sealed-2", endsAt: NOON + 2 };
      const offers = [OFFER, better, { ...OFFER, sealedUrl: "sealed-3", endsAt: NOON + 1 }];
      const [fence, ...others] = await gate.claimMany(offers.map((offer) => ({ key, offer })));
      expect(others).toEqual(["filling", "filling"]);
      expect(await gate.begin(key, { fence: Number(fence), lane: 0, holder: "a" })).toEqual({
        plan: null,
        url: better,
      });
    });

    test("of crowds that come in batches one gets each fill", async () => {
      const { gate } = make();
      const keys = newKeysOfOneShard(20);
      const batch = keys.map((key) => ({ key, offer: OFFER }));
      const answers = await Promise.all(Array.from({ length: 10 }, () => gate.claimMany(batch)));
      for (const at of keys.keys()) {
        expect(answers.filter((told) => typeof told[at] === "number")).toHaveLength(1);
      }
    });

    gateLanesContract(claimed);
    gatePlanContract(claimed);
  });
}
