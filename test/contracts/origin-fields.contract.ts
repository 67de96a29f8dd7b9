import { describe, expect, test } from "vitest";
import type { OriginFields } from "../../src/ports/origin.ts";
import { type OriginUnderTest, originUrl, patient } from "./origin.contract.ts";

const TAG = '"hello-1"';

/** What an origin that knows the fields of `open` makes of them: `/hello.txt` has 23 bytes. */
export function originFieldsContract(name: string, make: () => OriginUnderTest): void {
  async function ask(path: string, fields: OriginFields) {
    const { origin, base } = make();
    const { status, header, body } = await origin.open(originUrl(base, path), fields, patient());
    return { status, header, text: await new Response(body).text() };
  }

  describe(`Origin: ${name}: fields`, () => {
    test.each([
      ["bytes=0-0", "bytes 0-0/23", "H"],
      ["bytes=6-9", "bytes 6-9/23", "from"],
      ["bytes=15-", "bytes 15-22/23", "origin.\n"],
      ["bytes=15-100", "bytes 15-22/23", "origin.\n"],
      ["bytes=-8", "bytes 15-22/23", "origin.\n"],
    ])("Range: %s gets %s", async (range, contentRange, text) => {
      const answer = await ask("/hello.txt", { range });
      expect(answer.status).toBe(206);
      expect(answer.header("content-range")).toBe(contentRange);
      expect(answer.header("content-length")).toBe(String(text.length));
      expect(answer.header("etag")).toBe(TAG);
      expect(answer.text).toBe(text);
    });

    test.each([
      ["/hello.txt", "bytes=23-", "bytes */23"],
      ["/empty", "bytes=0-0", "bytes */0"],
    ])("a Range of %s that holds nothing, %s, gets 416", async (path, range, contentRange) => {
      const answer = await ask(path, { range });
      expect(answer.status).toBe(416);
      expect(answer.header("content-range")).toBe(contentRange);
    });

    test("an origin that ignores a Range sends the whole", async () => {
      const answer = await ask("/whole-only", { range: "bytes=0-1" });
      expect([answer.status, answer.header("content-range"), answer.text]).toEqual([200, null, "no ranges here"]);
    });

    test("If-Match gets the bytes of that ETag only", async () => {
      expect(await ask("/hello.txt", { ifMatch: TAG })).toMatchObject({
        status: 200,
        text: "Hello from the origin.\n",
      });
      expect(await ask("/hello.txt", { ifMatch: TAG, range: "bytes=0-4" })).toMatchObject({
        status: 206,
        text: "Hello",
      });
      expect((await ask("/hello.txt", { ifMatch: '"hello-2"' })).status).toBe(412);
      expect((await ask("/hello.txt", { ifMatch: '"hello-2"', range: "bytes=0-4" })).status).toBe(412);
    });

    test("If-None-Match gets 304 and no bytes for that ETag", async () => {
      const same = await ask("/hello.txt", { ifNoneMatch: TAG });
      expect([same.status, same.header("etag"), same.text]).toEqual([304, TAG, ""]);
      expect((await ask("/hello.txt", { ifNoneMatch: '"hello-2"' })).status).toBe(200);
    });
  });
}
