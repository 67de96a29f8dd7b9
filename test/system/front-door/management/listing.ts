import { beforeAll, expect, it } from "vitest";
import { entryPage } from "../../../../src/api/schemas/entry.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { untilReady, untilStatus } from "../../stack/entries.ts";
import { presign } from "../../stack/objects.ts";
import { manage } from "../../stack/requests.ts";

const KEYS = ["a", "b", "c", "d", "e", "f", "g"].map((letter) => `listed-${letter}`);

/** `GET /cache`, for a tenant of whose entries nobody else makes more meanwhile. */
export function listing(stack: () => Stack): void {
  const tenant = () => ({ ...stack(), apiKey: stack().presigned.apiKey });
  const page = async (query: string) => {
    const response = await manage(tenant(), `/cache?${query}`);
    return entryPage.parse(await response.json());
  };
  const ours = (entries: readonly { key: string }[]) =>
    entries.map(({ key }) => key).filter((key) => /^listed-/.test(key));

  beforeAll(async () => {
    const url = await presign(stack(), "hello.txt");
    const items = KEYS.map((hash, at) => ({ url, hash, tags: at % 2 === 1 ? ["evens"] : [] }));
    expect((await manage(tenant(), "/preload", { body: { items } })).status).toBe(202);
    for (const key of KEYS) await untilReady(tenant(), key);
    expect((await manage(tenant(), "/cache/listed-c", { method: "DELETE" })).status).toBe(200);
    await untilStatus(tenant(), "listed-c", "purged");
  });

  it.each([1, 2, 3, 1000])("walks all entries in pages of %i, each once, the last change first", async (limit) => {
    const seen: { key: string; updated_at: string }[] = [];
    let cursor: string | null = null;
    do {
      const next: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
      const { entries, cursor: after } = await page(`limit=${limit}${next}`);
      expect(entries.length).toBeLessThanOrEqual(limit);
      seen.push(...entries);
      cursor = after;
    } while (cursor !== null);
    expect(ours(seen).toSorted()).toEqual(KEYS);
    const changes = seen.map(({ updated_at }) => updated_at);
    expect(changes).toEqual(changes.toSorted().toReversed());
  });

  it("filters by status, also from page to page", async () => {
    expect(ours((await page("status=purged")).entries)).toEqual(["listed-c"]);
    const first = await page("status=ready&limit=4");
    const second = await page(`status=ready&limit=1000&cursor=${encodeURIComponent(first.cursor ?? "")}`);
    const keys = ours([...first.entries, ...second.entries]);
    expect(keys.toSorted()).toEqual(KEYS.filter((key) => key !== "listed-c"));
    expect((await page("status=failed")).entries).toEqual([]);
  });

  it.each([
    ["search=LISTED-", KEYS],
    ["search=ted-b", ["listed-b"]],
    ["search=hello.txt&tag=evens", ["listed-b", "listed-d", "listed-f"]],
    ["search=X-Amz", []],
    ["prefix=listed-&status=ready&limit=2", ["listed-a", "listed-b"]],
    ["prefix=isted-", []],
    ["tag=Evens&limit=1000", ["listed-b", "listed-d", "listed-f"]],
    ["tag=even", []],
  ])("finds by %s", async (query, keys) => {
    expect(ours((await page(query)).entries).toSorted()).toEqual(keys);
  });

  it("finds by the beginning of a URL, in any spelling of its host, from page to page", async () => {
    const [address = ""] = (await presign(stack(), "hello.txt")).split("?");
    const prefix = encodeURIComponent(address.replace("http:", "HTTP:").slice(0, -1));
    const first = await page(`url_prefix=${prefix}&limit=3`);
    const second = await page(`url_prefix=${prefix}&limit=1000&cursor=${encodeURIComponent(first.cursor ?? "")}`);
    const keys = ours([...first.entries, ...second.entries]);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.toSorted()).toEqual(KEYS);
    const elsewhere = await manage(tenant(), `/cache?cursor=${encodeURIComponent(first.cursor ?? "")}`);
    expect(elsewhere.status).toBe(400);
  });

  it("tells nobody of another tenant's entries, whatever they search for", async () => {
    const { entries } = entryPage.parse(await (await manage(stack(), "/cache?prefix=listed-")).json());
    expect(entries).toEqual([]);
  });

  it.each([
    ...["limit=0", "limit=1001", "limit=x", "status=gone", "cursor=none", "cursor=", "page=2", "limit=1&limit=2"],
    ...[
      "search=",
      "search=%00",
      "search=a&prefix=b",
      "tag=a%20b",
      "url_prefix=files.example",
      "url_prefix=https://a/%3Fx",
    ],
  ])("does not understand %s", async (query) => {
    const response = await manage(tenant(), `/cache?${query}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "INVALID_FIELD" } });
  });
}
