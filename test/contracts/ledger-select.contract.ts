import { describe, expect, test } from "vitest";
import type { EntryKey } from "../../src/core/entry-key.ts";
import type { EntrySelection, OriginScope } from "../../src/core/purge/selection.ts";
import type { EntryLedger } from "../../src/ports/entry-ledger.ts";
import { HOUR, NOON, SECOND } from "../core/samples.ts";
import type { MakeLedger } from "./entry-ledger.contract.ts";
import { numberedKey } from "./keys.ts";
import { copyOf, noteOf } from "./notes.ts";

const ALL: EntrySelection = { by: "all" };
/** Long after everything of a test. */
const ALWAYS = NOON + 1000 * HOUR;

const scope = (host: string, changes: Partial<OriginScope> = {}): EntrySelection => {
  return { by: "origin", id: 1, rule: { scheme: "https", host, port: 443, pathPrefix: "/", ...changes } };
};

/** Which entries a purge is about. */
export function ledgerSelectContract(make: MakeLedger): void {
  /** What is selected, page by page, by the last digits of the ids, sorted. */
  async function numbers(
    ledger: EntryLedger,
    { tenant }: EntryKey,
    selection: EntrySelection,
    limit = 2,
    before = ALWAYS,
  ) {
    const found: number[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<EntryLedger["select"]>> = await ledger.select(tenant, selection, {
        ...{ before, purgedSince: null, cursor, limit },
      });
      expect(page.keys.length).toBeLessThanOrEqual(limit);
      found.push(...page.keys.map(({ id }) => Number(id)));
      cursor = page.cursor;
    } while (cursor !== null);
    expect(new Set(found).size, "none comes twice").toBe(found.length);
    return found.toSorted((a, b) => a - b);
  }

  /** Entries with these changes, numbered from 1, one of which another tenant has too. */
  async function noted(...changes: Parameters<typeof noteOf>[1][]) {
    const { ledger, tenants } = await make();
    const notes = changes.map((change, at) => noteOf(numberedKey(tenants[0], at + 1), change));
    await ledger.noteFills([...notes, noteOf(numberedKey(tenants[1], 1), changes[0])], NOON);
    return { ledger, key: numberedKey(tenants[0], 1), tenants };
  }

  describe("select", () => {
    test("all are those of the tenant, in pages of any size", async () => {
      const { ledger, key } = await noted({}, {}, {}, {}, {});
      for (const limit of [1, 2, 5, 6]) expect(await numbers(ledger, key, ALL, limit)).toEqual([1, 2, 3, 4, 5]);
    });

    test("none is in what nobody has", async () => {
      const { ledger, tenants } = await make();
      const page = await ledger.select(tenants[0], ALL, { before: NOON, purgedSince: null, cursor: null, limit: 9 });
      expect(page).toEqual({ keys: [], cursor: null });
    });

    test("a prefix of keys is its characters and nothing else", async () => {
      const keys = ["a", "ab", "a_b", "a%", "aa", "A", "b", "aé", "a\u{10ffff}z", "ä"];
      const { ledger, key } = await noted(...keys.map((publicKey) => ({ publicKey })));
      const select = async (prefix: string) =>
        (await numbers(ledger, key, { by: "key-prefix", prefix }, 3)).map((number) => keys[number - 1]);
      expect(await select("a")).toEqual(["a", "ab", "a_b", "a%", "aa", "aé", "a\u{10ffff}z"]);
      expect(await select("a_")).toEqual(["a_b"]);
      expect(await select("a%")).toEqual(["a%"]);
      expect(await select("A")).toEqual(["A"]);
      expect(await select("a\u{10ffff}")).toEqual(["a\u{10ffff}z"]);
      expect(await select("aé")).toEqual(["aé"]);
      expect(await select("abc")).toEqual([]);
    });

    test("a prefix of URLs ends before the query, and may be longer than what an index takes", async () => {
      const long = `https://a.example/${"x".repeat(600)}`;
      const urls = [
        ...["https://a.example/media/1?v=2", "https://a.example/media/2", "https://a.example/mediation"],
        ...["https://b.example/media/1", `${long}/1`, `${long}/2?q=1`, `${long}z`],
      ];
      const { ledger, key } = await noted(...urls.map((sourceUrl) => ({ sourceUrl })));
      const select = async (prefix: string) => await numbers(ledger, key, { by: "url-prefix", prefix });
      expect(await select("https://a.example/media/")).toEqual([1, 2]);
      expect(await select("https://a.example/")).toEqual([1, 2, 3, 5, 6, 7]);
      expect(await select(`${long}/`)).toEqual([5, 6]);
      expect(await select("https://a.example/media/1?v=2")).toEqual([]);
      expect(await select("https://_.example/")).toEqual([]);
    });

    test("a tag is whole, and one of several", async () => {
      const { ledger, key } = await noted({ tags: ["a", "b"] }, { tags: ["b"] }, { tags: ["ab"] }, {});
      expect(await numbers(ledger, key, { by: "tag", tag: "a" }, 1)).toEqual([1]);
      expect(await numbers(ledger, key, { by: "tag", tag: "b" }, 1)).toEqual([1, 2]);
      expect(await numbers(ledger, key, { by: "tag", tag: "c" }, 1)).toEqual([]);
    });

    test("an origin is its scheme, host, port and path, on the boundaries of labels and segments", async () => {
      const urls = [
        ...["https://a.example.com/media/1", "https://a.example.com:8443/media/1", "http://a.example.com/media/1"],
        ...["https://b.a.example.com/mediation", "https://example.com/media/", "https://evilexample.com/media/1"],
        ...["https://A.Example.com/media/2?x=1", "https://a.example.com:443/%6dedia/3"],
      ];
      const { ledger, key } = await noted(...urls.map((sourceUrl) => ({ sourceUrl })));
      expect(await numbers(ledger, key, scope("a.example.com"))).toEqual([1, 7, 8]);
      expect(await numbers(ledger, key, scope("*.example.com"))).toEqual([1, 4, 7, 8]);
      expect(await numbers(ledger, key, scope("*.example.com", { pathPrefix: "/media" }), 1)).toEqual([1, 7, 8]);
      expect(await numbers(ledger, key, scope("a.example.com", { port: 8443 }))).toEqual([2]);
      expect(await numbers(ledger, key, scope("a.example.com", { scheme: "http", port: 80 }))).toEqual([3]);
    });

    test("what is purged is not there, whatever else an entry is", async () => {
      const { ledger, key, tenants } = await noted({}, {}, {});
      await ledger.purge(numberedKey(tenants[0], 2), 2, false, NOON);
      await ledger.fail(numberedKey(tenants[0], 3), 2, { code: "X", message: "x" }, true, NOON);
      expect(await numbers(ledger, key, ALL)).toEqual([1, 3]);
    });

    test("what was purged since a moment is there too, where that is asked for", async () => {
      const { ledger, tenants } = await noted({ tags: ["a"] }, { tags: ["a"] }, { tags: ["b"] }, { tags: ["a"] });
      const [first, second, third] = [1, 2, 3].map((number) => numberedKey(tenants[0], number));
      if (!first || !second || !third) throw new Error("three keys");
      await ledger.purge(first, NOON + HOUR, false, NOON - 1);
      for (const key of [second, third]) await ledger.purge(key, NOON + HOUR, false, NOON);
      const page = { before: NOON, purgedSince: NOON, cursor: null, limit: 9 };
      const { keys } = await ledger.select(tenants[0], { by: "tag", tag: "a" }, page);
      expect(keys.map(({ id }) => Number(id))).toEqual([2, 4]);
    });

    test("what was made since is not there: neither the copy nor the fill is of before", async () => {
      const { ledger, key, tenants } = await noted(
        { fence: NOON },
        { fence: NOON },
        { fence: NOON + HOUR },
        { fence: NOON },
      );
      const [, second, third, fourth] = [1, 2, 3, 4].map((number) => numberedKey(tenants[0], number));
      if (!second || !third || !fourth) throw new Error("four keys");
      // A fill of before that ended since; a copy and a fill since; a copy of before, and a fill since.
      await ledger.publish(second, NOON, { ...copyOf("g"), storedAt: NOON + HOUR }, NOON);
      await ledger.publish(third, NOON + HOUR, { ...copyOf("g"), storedAt: NOON + HOUR }, NOON);
      await ledger.publish(fourth, NOON, { ...copyOf("g"), storedAt: NOON }, NOON);
      await ledger.noteFills([noteOf(fourth, { fence: NOON + HOUR })], NOON);
      expect(await numbers(ledger, key, ALL, 9, NOON + SECOND)).toEqual([1, 2, 4]);
      expect(await numbers(ledger, key, ALL, 9, NOON - 1)).toEqual([]);
    });

    test("what goes between two pages hides no other", async () => {
      const { ledger, tenants } = await noted({}, {}, {}, {});
      const selected = await ledger.select(tenants[0], ALL, {
        before: NOON,
        purgedSince: null,
        cursor: null,
        limit: 2,
      });
      for (const key of selected.keys) await ledger.purge(key, 2, false, NOON);
      const rest = await ledger.select(tenants[0], ALL, {
        before: NOON,
        purgedSince: null,
        cursor: selected.cursor,
        limit: 2,
      });
      expect([...selected.keys, ...rest.keys].map(({ id }) => Number(id)).toSorted()).toEqual([1, 2, 3, 4]);
    });
  });
}
