import { describe, expect, test } from "vitest";
import type { EntryListing, EntryMatch } from "../../src/core/entry-listing.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { EntryLedger } from "../../src/ports/entry-ledger.ts";
import { NOON } from "../core/samples.ts";
import { type MakeLedger, SEARCHED } from "./entry-ledger.contract.ts";
import { numberedKey } from "./keys.ts";
import { ANY } from "./ledger-list.contract.ts";
import { copyOf, noteOf } from "./notes.ts";

const LONG = `https://a.example/${"x".repeat(600)}`;
const contains = (text: string): EntryMatch => ({ by: "contains", text });

/** Finding entries by what people remember of them. */
export function ledgerSearchContract(make: MakeLedger): void {
  /** Entries with these changes, numbered from 1, each changed a millisecond before the one in front of it. */
  async function noted(...changes: Parameters<typeof noteOf>[1][]) {
    const { ledger, tenants } = await make();
    const [tenant, other] = tenants;
    for (const [at, change] of changes.entries()) {
      const now = NOON + changes.length - at;
      await ledger.noteFills(
        [noteOf(numberedKey(tenant, at + 1), change), noteOf(numberedKey(other, at + 1), change)],
        now,
      );
    }
    return { ledger, tenant };
  }

  /** Numbers of the entries, page by page. */
  async function pages(ledger: EntryLedger, tenant: TenantId, wish: Partial<EntryListing>): Promise<number[][]> {
    const found: number[][] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<EntryLedger["list"]>> = await ledger.list(tenant, {
        ...{ ...ANY, limit: 2, ...wish, cursor },
      });
      expect(page.entries.every(({ key }) => key.tenant === tenant)).toBe(true);
      found.push(page.entries.map(({ key }) => Number(key.id)));
      cursor = page.cursor;
    } while (cursor !== null);
    return found;
  }

  describe("a search", () => {
    test("finds a text in keys and in URLs without their queries, whatever its case", async () => {
      const { ledger, tenant } = await noted(
        ...[{ publicKey: "Reports/2026/July.pdf" }, { sourceUrl: "https://a.example/reports/x?a=july" }],
        ...[{ publicKey: "jul_y%" }, { sourceUrl: "https://july.example/x" }],
      );
      const find = async (text: string) => (await pages(ledger, tenant, { match: contains(text) })).flat();
      expect(await find("JULY")).toEqual([1, 4]);
      expect(await find("reports/")).toEqual([1, 2]);
      expect(await find("l_y%")).toEqual([3]);
      expect(await find("a=july")).toEqual([]);
      expect(await find("\\")).toEqual([]);
    });

    test("folds no letters but those of ASCII, so that every database says the same", async () => {
      const { ledger, tenant } = await noted({ publicKey: "Ärger" }, { publicKey: "ärger" });
      expect(await pages(ledger, tenant, { match: contains("ÄRGER") })).toEqual([[1]]);
    });

    test("looks at so many entries for a page, which may be short or empty, and misses none", async () => {
      const found = [1, SEARCHED + 2, SEARCHED + 3, 3 * SEARCHED + 1];
      const { ledger, tenant } = await noted(
        ...Array.from({ length: 3 * SEARCHED + 2 }, (_, at) => ({
          publicKey: found.includes(at + 1) ? `film-${at}` : `${at}`,
        })),
      );
      const told = await pages(ledger, tenant, { match: contains("film"), limit: 2 });
      expect(told.flat()).toEqual(found);
      expect(told[0]).toEqual([1]);
      expect(told.length).toBeGreaterThan(3);
    });

    test("of one moment's entries repeats and hides none", async () => {
      const { ledger, tenants } = await make();
      const numbers = Array.from({ length: 2 * SEARCHED + 1 }, (_, at) => at + 1);
      await ledger.noteFills(
        numbers.map((number) => noteOf(numberedKey(tenants[0], number))),
        NOON,
      );
      expect((await pages(ledger, tenants[0], { match: contains("url-") })).flat()).toEqual(numbers);
    });

    test("goes with a state and a tag, which are told of everywhere and not only where it looks", async () => {
      const { ledger, tenant } = await noted(
        ...Array.from({ length: 2 * SEARCHED }, () => ({})),
        ...[{ tags: ["a", "b"], publicKey: "film-1" }, { tags: ["a"], publicKey: "film-2" }, { tags: ["ab"] }],
      );
      const [first, second] = [2 * SEARCHED + 1, 2 * SEARCHED + 2];
      await ledger.publish(numberedKey(tenant, second), 1, copyOf("g1"), NOON);
      expect((await pages(ledger, tenant, { tag: "a" })).flat()).toEqual([first, second]);
      expect((await pages(ledger, tenant, { tag: "a", match: contains("film") })).flat()).toEqual([first, second]);
      expect((await pages(ledger, tenant, { tag: "a", state: "ready" })).flat()).toEqual([second]);
      expect((await pages(ledger, tenant, { tag: "c" })).flat()).toEqual([]);
    });
  });

  describe("a list by a prefix", () => {
    test("of keys has all of them in the order of their characters, in pages of any size", async () => {
      const { ledger, tenant } = await noted(
        ...["b", "ab", "a%", "a_b", "A", "a"].map((publicKey) => ({ publicKey, sourceUrl: "https://a.example/a" })),
      );
      const match: EntryMatch = { by: "key-prefix", prefix: "a" };
      for (const limit of [1, 2, 3]) {
        expect((await pages(ledger, tenant, { match, limit })).flat()).toEqual([6, 3, 4, 2]);
      }
      expect(await pages(ledger, tenant, { match: { by: "key-prefix", prefix: "a_" } })).toEqual([[4]]);
    });

    test("of URLs ends before the query, and may be longer than what an index takes", async () => {
      const urls = [
        "https://a.example/b?x=1",
        "https://a.example/a",
        `${LONG}/2`,
        `${LONG}/1?q=1`,
        "https://b.example/a",
      ];
      const { ledger, tenant } = await noted(...urls.map((sourceUrl) => ({ sourceUrl })));
      const find = async (prefix: string) =>
        (await pages(ledger, tenant, { match: { by: "url-prefix", prefix }, limit: 1 })).flat();
      expect((await find("https://a.example/")).toSorted()).toEqual([1, 2, 3, 4]);
      expect((await find(`${LONG}/`)).toSorted()).toEqual([3, 4]);
      expect(await find("https://a.example/b?")).toEqual([]);
    });

    test("goes with a state and a tag", async () => {
      const { ledger, tenant } = await noted(
        { publicKey: "a1", tags: ["t"] },
        { publicKey: "a2" },
        { publicKey: "b", tags: ["t"] },
      );
      const match: EntryMatch = { by: "key-prefix", prefix: "a" };
      expect(await pages(ledger, tenant, { match, tag: "t" })).toEqual([[1]]);
      expect(await pages(ledger, tenant, { match, state: "filling" })).toEqual([[1, 2]]);
      expect(await pages(ledger, tenant, { match, state: "ready" })).toEqual([[]]);
    });

    test("knows its own cursors from those of a list by change", async () => {
      const { ledger, tenant } = await noted({ publicKey: "a1" }, { publicKey: "a2" });
      const { cursor } = await ledger.list(tenant, { ...ANY, limit: 1 });
      const wrong = ledger.list(tenant, { ...ANY, match: { by: "key-prefix", prefix: "a" }, cursor, limit: 1 });
      await expect(wrong).rejects.toMatchObject({ code: "INVALID_FIELD" });
    });
  });
}
