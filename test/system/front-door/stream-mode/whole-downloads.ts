import { gunzipSync, gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { untilStored } from "../../stack/entries.ts";
import { weigh } from "../../stack/objects.ts";
import { ask, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { passed } from "./downloads.ts";
import type { Manner, PacedOrigin } from "./paced-origin.ts";

const MIB = 2 ** 20;
const DATE = "Fri, 20 Nov 2026 11:00:00 GMT";

/** A first download passes through, is kept on the way, and the second is a hit. */
export function wholeDownloads(stack: () => Stack, origin: () => PacedOrigin): void {
  const sizes: [string, number, Manner][] = [
    ["nothing", 0, {}],
    ["one byte", 1, {}],
    ["100 KiB", 100 * 1024, {}],
    ["one part exactly", 8 * MIB, {}],
    ["one part and a byte", 8 * MIB + 1, {}],
    ["several parts", 30 * MIB, {}],
    ["nothing, in chunks", 0, { chunked: true }],
    ["a few bytes in chunks", 5, { chunked: true }],
    ["one part exactly, in chunks", 8 * MIB, { chunked: true }],
    ["several parts in chunks", 20 * MIB + 3, { chunked: true }],
    ["one part without an ETag and without ranges", 3 * MIB, { ranges: false, fields: { etag: null } }],
    ["several parts without an ETag and without ranges", 20 * MIB, { ranges: false, fields: { etag: null } }],
  ];

  it.each(sizes)("of %s costs the origin one transfer, and the next is a hit", async (_, size, manner) => {
    // Where the right to keep it comes later than the parts that are held, on a busy machine, the queue makes the copy.
    await until("a download is kept on its way", async () => {
      const { object, response } = await passed(stack(), () => origin().publish(size, manner));
      expect(response.headers.get("cache-status")).toBe("snapbyte; fwd=uri-miss");
      expect(response.headers.get("content-length")).toBe(manner.chunked ? null : String(size));
      expect(await weigh(response)).toEqual({ bytes: size, sha256: object.sha256 });
      expect(await untilStored(stack(), object.url)).toMatchObject({ size, sha256: object.sha256 });
      const { location } = await untilHit(stack(), object.url);
      expect(await weigh(await ask(location))).toEqual({ bytes: size, sha256: object.sha256 });
      const [first, ...more] = object.asked();
      expect(first).toBe("GET");
      return more.length === 0 || null;
    });
  });

  it("has the origin's head", async () => {
    const fields = {
      "last-modified": DATE,
      "content-language": "de",
      "content-disposition": 'inline; filename="f.mp4"',
    };
    const { response } = await passed(stack(), () => origin().publish(10, { fields }));
    expect(Object.fromEntries(response.headers)).toMatchObject({
      ...fields,
      "content-type": "video/mp4",
      "content-length": "10",
      etag: '"paced"',
      "accept-ranges": "bytes",
      "cache-control": "private, no-store, no-transform",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
    await response.body?.cancel();
  });

  it("keeps gzip as it was sent", async () => {
    const text = "the same again and again ".repeat(10_000);
    const gzipped = gzipSync(text);
    const fields = { "content-encoding": "gzip", "content-type": "text/plain" };
    const { object, response } = await passed(stack(), () => origin().publish(gzipped, { fields }), {
      // As browsers do: for others wrangler takes the coding off, which the edge does not.
      headers: { "accept-encoding": "gzip" },
    });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(response.headers.get("content-length")).toBe(String(gzipped.length));
    // fetch takes the coding off.
    expect(await response.text()).toBe(text);
    expect(gunzipSync(gzipped).toString()).toBe(text);
    expect(await untilStored(stack(), object.url)).toMatchObject({ size: gzipped.length, sha256: object.sha256 });
    expect(object.asked()).toEqual(["GET"]);
  });

  it("twice at once brings both the right bytes, and one copy", async () => {
    const { object, response } = await passed(stack(), () => origin().publish(20 * MIB, { allowed: MIB }));
    const second = await ask(response.url);
    object.allow();
    const expected = { bytes: object.size, sha256: object.sha256 };
    const followed = second.status === 302 ? await fetch(second.headers.get("location") ?? "") : second;
    expect(await Promise.all([weigh(response), weigh(followed)])).toEqual([expected, expected]);
    expect(await untilStored(stack(), object.url)).toMatchObject({ sha256: object.sha256 });
    expect(object.asked()).toEqual(["GET", "GET"]);
  });
}
