import { describe, expect, test } from "vitest";
import type { EntryKey } from "../../src/core/entry-key.ts";
import { HOUR_MS, type UsageCell } from "../../src/core/usage/tally.ts";
import type { UsageEvent, UsageSink } from "../../src/ports/usage-sink.ts";
import { newKey, newTenant } from "./keys.ts";

/** `counted` waits until all that was recorded is handed over, and gives it in cells of which several may be of one place. */
export type SinkUnderTest = { readonly sink: UsageSink; counted(): Promise<readonly UsageCell[]> };

export const hit = (key: EntryKey): UsageEvent => ({ kind: "hit", key, rule: null, assumed: null });

export function usageSinkContract(name: string, make: () => SinkUnderTest): void {
  describe(`UsageSink: ${name}`, () => {
    test("counts what happens to each entry, and no tenant's for another", async () => {
      const { sink, counted } = make();
      const mine = newKey();
      const theirs = { ...mine, tenant: newTenant() };
      for (const key of [mine, theirs, mine, mine]) sink.record(hit(key));
      sink.record({ kind: "miss", key: theirs, rule: null });
      const cells = await counted();
      expect(hitsOf(mine, cells)).toBe(3);
      expect(hitsOf(theirs, cells)).toBe(1);
      expect(cells.reduce((sum, { counts }) => sum + (counts.misses ?? 0), 0)).toBe(1);
    });

    test("counts the same event as often as it is recorded", async () => {
      const { sink, counted } = make();
      const key = newKey();
      const event = hit(key);
      for (let time = 0; time < 5; time += 1) sink.record(event);
      expect(hitsOf(key, await counted())).toBe(5);
    });

    test("goes on counting after it has handed over", async () => {
      const { sink, counted } = make();
      const key = newKey();
      sink.record(hit(key));
      await counted();
      sink.record(hit(key));
      sink.record(hit(key));
      expect(hitsOf(key, await counted())).toBe(3);
    });

    test("keeps hours apart", async () => {
      const { sink, counted } = make();
      const event = hit(newKey());
      const now = Date.now() - (Date.now() % HOUR_MS);
      for (const at of [now + HOUR_MS - 1, now + HOUR_MS, now + HOUR_MS]) sink.record(event, at);
      const hour = now / HOUR_MS;
      const cells = await counted();
      const inHour = (wanted: number) => cells.filter((cell) => cell.hour === wanted);
      expect(
        [hour, hour + 1].map((each) => inHour(each).reduce((sum, { counts }) => sum + (counts.hits ?? 0), 0)),
      ).toEqual([1, 2]);
    });
  });
}

export function hitsOf({ tenant, id }: EntryKey, cells: readonly UsageCell[]): number {
  const mine = cells.filter((cell) => cell.tenant === tenant && cell.entry === id);
  return mine.reduce((sum, { counts }) => sum + (counts.hits ?? 0), 0);
}
