import { describe, expect, test } from "vitest";
import { type EntryKey, keyText } from "../../src/core/entry-key.ts";
import type { UsageSink } from "../../src/ports/usage-sink.ts";
import { newKey, newTenant } from "./keys.ts";

/** `counted` waits until all that was recorded is written, and gives it by key text. */
export type SinkUnderTest = { readonly sink: UsageSink; counted(): Promise<Readonly<Record<string, number>>> };

export function usageSinkContract(name: string, make: () => SinkUnderTest): void {
  const hit = (key: EntryKey) => ({ kind: "hit", key }) as const;

  describe(`UsageSink: ${name}`, () => {
    test("counts the hits of each entry, and no tenant's for another", async () => {
      const { sink, counted } = make();
      const mine = newKey();
      const theirs = { ...mine, tenant: newTenant() };
      for (const key of [mine, theirs, mine, mine]) sink.record(hit(key));
      expect(await counted()).toEqual({ [keyText(mine)]: 3, [keyText(theirs)]: 1 });
    });

    test("goes on counting after it has written", async () => {
      const { sink, counted } = make();
      const key = newKey();
      sink.record(hit(key));
      await counted();
      sink.record(hit(key));
      sink.record(hit(key));
      expect(await counted()).toEqual({ [keyText(key)]: 3 });
    });
  });
}

/** Adds what a flush hands over to what was counted before. */
export function addUp(total: Record<string, number>, hits: readonly { key: EntryKey; count: number }[]): void {
  for (const { key, count } of hits) total[keyText(key)] = (total[keyText(key)] ?? 0) + count;
}
