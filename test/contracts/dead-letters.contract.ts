import { beforeEach, describe, expect, test } from "vitest";
import type { SealedLetter } from "../../src/core/dead-letters/dead-letter.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { DeadLetters } from "../../src/ports/dead-letters.ts";
import { HOUR, NOON, SECOND } from "../core/samples.ts";

export type LettersUnderTest = { readonly letters: DeadLetters; readonly tenant: TenantId };

export function deadLettersContract(name: string, make: () => Promise<LettersUnderTest>): void {
  describe(`DeadLetters: ${name}`, () => {
    let letters: DeadLetters;
    let tenant: TenantId;
    beforeEach(async () => {
      ({ letters, tenant } = await make());
    });

    const letterOf = (changes: Partial<SealedLetter> = {}): Omit<SealedLetter, "replayedAt"> => ({
      ...{ id: crypto.randomUUID(), kind: "fill", tenant, key: "ключ/1 %2F", batch: null, attempts: 6 },
      failure: { code: "ORIGIN_ERROR", message: "The origin answered 500." },
      ...{ urlEndsAt: NOON + HOUR, at: NOON, sealed: "sealed" },
      ...changes,
    });
    const ours = async (limit = 1000) => {
      const { letters: all } = await letters.list({ cursor: null, limit });
      return all.filter((letter) => letter.tenant === tenant);
    };

    test.each<Partial<SealedLetter>>([
      {},
      { urlEndsAt: null },
      { kind: "manifest", key: null, batch: "batch-1" },
      { kind: "manifest_chunk", key: null, batch: "batch-1", urlEndsAt: null },
      { kind: "unknown", tenant: null, key: null, urlEndsAt: null },
    ])("one is found as it was written down, and nobody has sent it again: %o", async (changes) => {
      const letter = letterOf(changes);
      await letters.add(letter);
      expect(await letters.find(letter.id)).toEqual({ ...letter, replayedAt: null });
    });

    test("one that comes again is the same", async () => {
      const letter = letterOf();
      await letters.add(letter);
      await letters.add({ ...letter, attempts: 12, at: NOON + SECOND, sealed: "otherwise" });
      await Promise.all([letters.add(letter), letters.add(letter)]);
      expect(await letters.find(letter.id)).toEqual({ ...letter, replayedAt: null });
      expect(await ours()).toHaveLength(1);
    });

    test("nobody has one that was not written down", async () => {
      expect(await letters.find(crypto.randomUUID())).toBeNull();
      expect(await letters.replayed(crypto.randomUUID(), NOON)).toBe(false);
    });

    test("is listed the newest first, page by page, without its message", async () => {
      const written = [letterOf(), letterOf({ at: NOON - HOUR }), letterOf(), letterOf()];
      for (const letter of written) await letters.add(letter);
      const found = await ours();
      expect(found.map(({ id }) => id)).toEqual(written.map(({ id }) => id).toReversed());
      expect(JSON.stringify(found)).not.toContain("sealed");
      const paged: string[] = [];
      let cursor: number | null = null;
      do {
        const page = await letters.list({ cursor, limit: 3 });
        expect(page.letters.length).toBeLessThanOrEqual(3);
        paged.push(...page.letters.filter((letter) => letter.tenant === tenant).map(({ id }) => id));
        cursor = page.cursor;
      } while (cursor !== null);
      expect(paged).toEqual(found.map(({ id }) => id));
    });

    test("is sent again once", async () => {
      const letter = letterOf();
      await letters.add(letter);
      expect(await letters.replayed(letter.id, NOON + SECOND)).toBe(true);
      expect(await letters.replayed(letter.id, NOON + HOUR)).toBe(false);
      expect(await ours()).toMatchObject([{ id: letter.id, replayedAt: NOON + SECOND }]);
    });

    test("those that wait are counted, no further than asked", async () => {
      for (let count = 0; count < 3; count += 1) await letters.add(letterOf());
      expect(await letters.waiting(2)).toBe(2);
      expect(await letters.waiting(100_000)).toBeGreaterThanOrEqual(3);
    });

    test("old ones are forgotten, sent again or not", async () => {
      // Far enough back that nobody else's are older.
      const past = Date.UTC(1999, 0, 1);
      const [old, done, young] = [letterOf({ at: past }), letterOf({ at: past }), letterOf({ at: past + HOUR })];
      for (const letter of [old, done, young]) await letters.add(letter);
      await letters.replayed(done.id, NOON);
      expect(await letters.dropOld(past)).toBe(0);
      expect(await letters.dropOld(past + HOUR)).toBe(2);
      expect((await ours()).map(({ id }) => id)).toEqual([young.id]);
    });
  });
}
