import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { untilStored } from "../../stack/entries.ts";
import { sha256, weigh } from "../../stack/objects.ts";
import { askProxy } from "../../stack/requests.ts";
import { passed } from "./downloads.ts";
import type { PacedOrigin } from "./paced-origin.ts";

/** What is not a plain GET for the whole. */
export function partsOfObjects(stack: () => Stack, origin: () => PacedOrigin): void {
  it("passes a range through, and fills the whole behind it", async () => {
    const body = randomBytes(100_000);
    const headers = { range: "bytes=10-1009" };
    const { object, response } = await passed(stack(), () => origin().publish(body), { headers });
    expect([response.status, response.headers.get("content-range")]).toEqual([206, "bytes 10-1009/100000"]);
    expect(response.headers.get("content-length")).toBe("1000");
    expect(await weigh(response)).toEqual({ bytes: 1000, sha256: sha256(body.subarray(10, 1010)) });
    expect(await untilStored(stack(), object.url)).toMatchObject({ size: 100_000, sha256: object.sha256 });
    expect(object.asked()).toEqual(["GET bytes=10-1009", "GET"]);
  });

  it("keeps the whole that an origin without ranges sends for one", async () => {
    const headers = { range: "bytes=10-1009" };
    const { object, response } = await passed(stack(), () => origin().publish(100_000, { ranges: false }), { headers });
    expect([response.status, (await weigh(response)).sha256]).toEqual([200, object.sha256]);
    await untilStored(stack(), object.url);
    expect(object.asked()).toEqual(["GET bytes=10-1009"]);
  });

  it("sends a range beyond the end to the origin, to hear it there", async () => {
    const object = origin().publish(10);
    const { status, location } = await askProxy(stack(), object.url, { headers: { range: "bytes=10-" } });
    expect([status, location]).toEqual([302, object.url]);
  });

  it.each([
    ["HEAD", { method: "HEAD" }],
    ["If-None-Match", { headers: { "if-none-match": '"paced"' } }],
    ["If-Modified-Since", { headers: { "if-modified-since": "Fri, 20 Nov 2026 11:00:00 GMT" } }],
    ["If-Match", { headers: { "if-match": '"paced"' } }],
    ["If-Unmodified-Since", { headers: { "if-unmodified-since": "Fri, 20 Nov 2026 11:00:00 GMT" } }],
    ["If-Range", { headers: { range: "bytes=5-", "if-range": '"paced"' } }],
  ])("leaves %s to the origin, and fills behind it", async (_, init) => {
    const object = origin().publish(10);
    const { status, location } = await askProxy(stack(), object.url, init);
    expect([status, location]).toEqual([302, object.url]);
    await untilStored(stack(), object.url);
    expect(object.asked()).toEqual(["GET"]);
  });

  it("leaves a request with credentials of its own to the origin, and fills nothing", async () => {
    const object = origin().publish(10);
    const { status, location } = await askProxy(stack(), object.url, {
      headers: { authorization: "Basic Zm9vOmJhcg==" },
    });
    expect([status, location]).toEqual([302, object.url]);
    // What this one asks for would have come behind it.
    const { object: after, response } = await passed(stack(), () => origin().publish(10));
    await response.body?.cancel();
    await untilStored(stack(), after.url);
    expect(object.asked()).toEqual([]);
  });
}
