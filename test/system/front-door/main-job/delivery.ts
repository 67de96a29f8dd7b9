import { beforeAll, describe, expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import { ask, lastingHeaders, untilHit } from "../../stack/requests.ts";

const BODY = "0123456789".repeat(1000);

/** Serves a copy as HTTP asks for it (RFC 9110). */
export function delivery(stack: () => Stack): void {
  let link = "";
  beforeAll(async () => {
    const url = await publish(stack(), "digits.txt", BODY, { ContentType: "text/plain", ContentLanguage: "en" });
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    link = (await untilHit(stack(), url)).location;
  });
  const get = async (headers: Record<string, string> = {}, method = "GET") => {
    const response = await ask(link, { method, headers });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };

  it("tells HEAD what it would tell GET", async () => {
    const got = await get();
    const headed = await get({}, "HEAD");
    expect(got.body).toBe(BODY);
    expect(got.headers.get("content-length")).toBe(String(BODY.length));
    expect(headed.body).toBe("");
    expect(lastingHeaders(headed.headers)).toEqual(lastingHeaders(got.headers));
  });

  it("says how to keep it, and that nobody may guess its type", async () => {
    const { headers } = await get();
    expect(Object.fromEntries(headers)).toMatchObject({
      "accept-ranges": "bytes",
      "cache-control": expect.stringMatching(/^private, max-age=\d+, no-transform$/),
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
  });

  describe("to a range", () => {
    it.each([
      ["the first byte", "bytes=0-0", "bytes 0-0/10000", "0"],
      ["a middle", "bytes=4995-5004", "bytes 4995-5004/10000", "5678901234"],
      ["a suffix", "bytes=-3", "bytes 9997-9999/10000", "789"],
      ["an open end", "bytes=9998-", "bytes 9998-9999/10000", "89"],
      ["an end beyond the end", "bytes=9999-123456", "bytes 9999-9999/10000", "9"],
    ])("serves %s", async (_, range, contentRange, part) => {
      const { status, headers, body } = await get({ range });
      expect({ status, body }).toEqual({ status: 206, body: part });
      expect(headers.get("content-range")).toBe(contentRange);
      expect(headers.get("content-length")).toBe(String(part.length));
    });

    it("answers 416 for one that lies beyond the end", async () => {
      const { status, headers, body } = await get({ range: "bytes=10000-" });
      expect({ status, body }).toEqual({ status: 416, body: "" });
      expect(headers.get("content-range")).toBe("bytes */10000");
    });

    it("serves several as the parts of one body", async () => {
      const { status, headers, body } = await get({ range: "bytes=0-1,5-6,-1" });
      const type = headers.get("content-type") ?? "";
      const [, boundary] = /^multipart\/byteranges; boundary=(.+)$/.exec(type) ?? [];
      expect([status, headers.get("content-length"), body.split(`--${boundary}`).length]).toEqual([
        206,
        String(body.length),
        5,
      ]);
      const parts = [...body.matchAll(/Content-Range: bytes (\S+)\/10000\r\n\r\n(\d+)\r\n/g)].map(
        ([, ...part]) => part,
      );
      expect(parts).toEqual([
        ["0-1", "01"],
        ["5-6", "56"],
        ["9999-9999", "9"],
      ]);
    });

    it.each(["lines=1-2", "bytes=b-a", "bytes=5-2"])("serves the whole for %s", async (range) => {
      const { status, body } = await get({ range });
      expect([status, body.length]).toEqual([200, BODY.length]);
    });

    it("ignores it for HEAD", async () => {
      const { status, headers } = await get({ range: "bytes=0-0" }, "HEAD");
      expect([status, headers.get("content-length")]).toEqual([200, String(BODY.length)]);
    });
  });

  describe("under a condition", () => {
    it("answers 304 to who has it", async () => {
      const { headers } = await get();
      const etag = headers.get("etag") ?? "";
      for (const method of ["GET", "HEAD"]) {
        const again = await get({ "if-none-match": `"other", ${etag}` }, method);
        expect([again.status, again.body, again.headers.get("etag")]).toEqual([304, "", etag]);
      }
      const dated = await get({ "if-modified-since": headers.get("last-modified") ?? "" });
      expect(dated.status).toBe(304);
    });

    it("answers 412 to who wants another", async () => {
      expect((await get({ "if-match": '"other"' })).status).toBe(412);
      expect((await get({ "if-unmodified-since": "Thu, 01 Jan 1970 00:00:00 GMT" })).status).toBe(412);
    });

    it("goes on with a range only for the very bytes it began with", async () => {
      const etag = (await get()).headers.get("etag") ?? "";
      const range = "bytes=10-19";
      const goesOn = await get({ range, "if-range": etag });
      expect([goesOn.status, goesOn.body]).toEqual([206, "0123456789"]);
      const startsOver = await get({ range, "if-range": '"other"' });
      expect([startsOver.status, startsOver.body.length]).toEqual([200, BODY.length]);
    });

    it("gives the ETag of the origin, so that a client that began there goes on here", async () => {
      const url = await publish(stack(), "digits.txt", BODY, { ContentType: "text/plain", ContentLanguage: "en" });
      const atOrigin = await ask(url);
      await atOrigin.body?.cancel();
      expect((await get()).headers.get("etag")).toBe(atOrigin.headers.get("etag"));
    });
  });

  it("cares for no name at its end", async () => {
    const renamed = await ask(link.replace(/[^/]+$/, "another-name.bin"));
    expect(await renamed.text()).toBe(BODY);
  });
}
