import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { done } from "../settings/settings-calls.ts";
import { ask, download, etagOf, published, refused, replaced, uploaded } from "./asset-calls.ts";

const TEXT = "0123456789";

/** What everybody gets of public assets and of versions, and in which words. */
export function downloading(stack: () => Stack): void {
  it("has the digest as ETag, and says who may keep it", async () => {
    const { id } = await uploaded(stack(), TEXT);
    const response = await ask(`${stack().api}/assets/${id}/download`);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "accept-ranges": "bytes",
      "cache-control": "public, s-maxage=3600, max-age=60",
      "cache-tag": `asset:${id}`,
      "content-disposition": 'inline; filename="a.txt"',
      "content-length": "10",
      "content-type": "text/plain",
      etag: etagOf(TEXT),
      "x-content-type-options": "nosniff",
    });
    expect(await response.text()).toBe(TEXT);
    const head = await ask(`${stack().api}/assets/${id}/download`, { method: "HEAD" });
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, "10", ""]);
  });

  it("does ranges and conditions as every download does", async () => {
    const { id } = await uploaded(stack(), TEXT);
    const get = (headers: Record<string, string>) => download(stack(), `/assets/${id}/download`, headers);
    expect(await get({ range: "bytes=2-4" })).toEqual([206, "234"]);
    expect(await get({ range: "bytes=-3" })).toEqual([206, "789"]);
    expect((await get({ range: "bytes=0-0,9-9" }))[0]).toBe(206);
    expect(await get({ range: "bytes=10-" })).toEqual([416, ""]);
    expect(await get({ "if-none-match": etagOf(TEXT) })).toEqual([304, ""]);
    expect(await get({ "if-none-match": `"x", ${etagOf(TEXT)}` })).toEqual([304, ""]);
    expect(await get({ "if-none-match": '"x"' })).toEqual([200, TEXT]);
    expect(await get({ "if-match": '"x"' })).toEqual([412, ""]);
    expect(await get({ range: "bytes=0-1", "if-range": etagOf(TEXT) })).toEqual([206, "01"]);
    expect(await get({ range: "bytes=0-1", "if-range": '"x"' })).toEqual([200, TEXT]);
  });

  it("is 404 of what is private, deleted, or was never there, all alike", async () => {
    const { id } = await uploaded(stack(), TEXT, { query: "filename=a" });
    const said = async (path: string) => {
      const response = await ask(`${stack().api}${path}`);
      const { error } = (await response.json()) as { error: Record<string, string> };
      return [response.status, error.code, error.message, response.headers.get("cache-control")];
    };
    const none = await said(`/assets/${crypto.randomUUID()}/download`);
    expect(none).toEqual([404, "NOT_FOUND", "There is nothing at this address.", "no-store"]);
    expect(await said(`/assets/${id}/download`)).toEqual(none);
    await done(stack(), "PATCH", `/assets/${id}`, { is_public: true });
    expect(await download(stack(), `/assets/${id}/download`)).toEqual([200, TEXT]);
    expect(await done(stack(), "DELETE", `/assets/${id}`)).toEqual({ id, status: "deleted" });
    expect(await said(`/assets/${id}/download`)).toEqual(none);
    for (const id of ["no%00body", "no%ZZbody", "%FF"]) {
      expect(await said(`/assets/${id}/download`)).toEqual(none);
      expect(await said(`/assets/public/${id}`)).toEqual(none);
    }
    expect(await refused(ask(`${stack().api}/assets/${id}/download`, { method: "POST" }))).toEqual([
      405,
      "METHOD_NOT_ALLOWED",
    ]);
  });

  it("of a version never changes, and may be kept for good", async () => {
    const { id } = await uploaded(stack(), "one");
    const version = await published(stack(), id);
    expect(version).toMatchObject({ version_number: 1, asset_id: id, etag: etagOf("one") });
    expect(version.url).toBe(`${stack().api}/assets/public/${version.version_id}`);
    await replaced(stack(), id, "two");
    const response = await ask(version.url);
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("etag")).toBe(etagOf("one"));
    expect(await response.text()).toBe("one");
    expect(await download(stack(), `/assets/public/${version.version_id}`, { "if-none-match": etagOf("one") })).toEqual(
      [304, ""],
    );
    const second = await published(stack(), id);
    expect(second).toMatchObject({ version_number: 2, etag: etagOf("two") });
    const { versions } = (await done(stack(), "GET", `/assets/${id}/versions`)) as { versions: unknown[] };
    expect(versions).toEqual([second, version]);
    const page = await done(stack(), "GET", `/assets/${id}/versions?limit=1`);
    expect(page).toEqual({ versions: [second], cursor: "2" });
    expect(await done(stack(), "GET", `/assets/${id}/versions?limit=1&cursor=2`)).toEqual({
      ...{ versions: [version], cursor: null },
    });
  });

  it("shows a rollback to a conditional request at once", async () => {
    const { id } = await uploaded(stack(), "one");
    const { version_id } = await published(stack(), id);
    await replaced(stack(), id, "two");
    const get = (etag: string) => download(stack(), `/assets/${id}/download`, { "if-none-match": etag });
    for (let time = 0; time < 3; time += 1) {
      expect(await get(etagOf("one"))).toEqual([200, "two"]);
      expect(await get(etagOf("two"))).toEqual([304, ""]);
      const back = time === 0 ? { version_id } : { version_number: 1 };
      expect(await done(stack(), "POST", `/assets/${id}/rollback`, back)).toMatchObject({ id, etag: etagOf("one") });
      expect(await get(etagOf("two"))).toEqual([200, "one"]);
      expect(await get(etagOf("one"))).toEqual([304, ""]);
      await replaced(stack(), id, "two");
    }
  });

  it("is there for pages of other origins only where the tenant says so", async () => {
    const { id } = await uploaded(stack(), TEXT);
    const options = await ask(`${stack().api}/assets/${id}/download`, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "GET, HEAD, OPTIONS"]);
    expect(options.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("keeps what acts in a browser from acting", async () => {
    const { id } = await uploaded(stack(), "<script>1</script>", { type: "text/html" });
    const { headers } = await ask(`${stack().api}/assets/${id}/download`);
    expect(headers.get("content-security-policy")).toBe("sandbox");
    expect(headers.get("content-disposition")).toBe('attachment; filename="a.txt"');
  });
}
