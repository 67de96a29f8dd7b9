import { describe, expect, test } from "vitest";
import { HEAD_FIELD, readHead, writeHead } from "../../../../src/platform/cloudflare/edge-head.ts";
import { bytesOf, PLAIN, sampleBytes } from "../../../contracts/edge-cache.contract.ts";
import { scripted } from "./scripted.ts";

/** An answer of the cache's, and whether its body was given up. */
function kept(bytes: Uint8Array<ArrayBuffer>, status: number, headers: Record<string, string>) {
  const state = { cancelled: false };
  const source = {
    pull(controller: ReadableStreamDefaultController<Uint8Array>) {
      controller.enqueue(bytes);
      controller.close();
    },
    cancel: () => {
      state.cancelled = true;
    },
  };
  const body = new ReadableStream(source, { highWaterMark: 0 });
  const head = writeHead({ size: 10, headers: PLAIN });
  return { state, response: new Response(body, { status, headers: { [HEAD_FIELD]: head, ...headers } }) };
}

describe("what comes back", () => {
  const range = { offset: 2, length: 3 };
  const part = { "Content-Range": "bytes 2-4/10", "Content-Length": "3" };

  test("was asked for by its range", async () => {
    const { edge, cache } = scripted();
    await edge.get("a/b", range);
    await edge.get("a/b", null);
    const asked = cache.match.mock.calls.map(([request]) => [request.url, request.headers.get("Range")]);
    expect(asked).toEqual([
      ["https://copies.invalid/a%2Fb", "bytes=2-4"],
      ["https://copies.invalid/a%2Fb", null],
    ]);
  });

  test.each<[string, number, Record<string, string>]>([
    ["the part that was asked for", 206, part],
    ["the part, of no told length", 206, { "Content-Range": "bytes 2-4/10" }],
  ])("counts: %s", async (_, status, headers) => {
    const { response } = kept(sampleBytes(3), status, headers);
    const { edge } = scripted({ match: () => response });
    const found = await edge.get("n", range);
    expect(found).toMatchObject({ size: 10, headers: PLAIN });
    expect(await bytesOf(found)).toEqual(sampleBytes(3));
  });

  test.each<[string, number, Record<string, string>]>([
    ["the whole", 200, { "Content-Length": "10" }],
    ["another part", 206, { "Content-Range": "bytes 3-5/10", "Content-Length": "3" }],
    ["a longer part", 206, { "Content-Range": "bytes 2-5/10", "Content-Length": "4" }],
    ["a part of something larger", 206, { "Content-Range": "bytes 2-4/11", "Content-Length": "3" }],
    ["a part of it is not told what", 206, { "Content-Range": "bytes 2-4/*", "Content-Length": "3" }],
    ["a part of another length than it says", 206, { ...part, "Content-Length": "10" }],
    ["several parts", 206, { "Content-Type": "multipart/byteranges; boundary=x" }],
    ["nothing that fits", 416, { "Content-Range": "bytes */10" }],
    ["what nobody wrote the head of", 206, { ...part, [HEAD_FIELD]: "" }],
    ["what has a broken head", 206, { ...part, [HEAD_FIELD]: '{"size":10,"headers":' }],
    ["what has half a head", 206, { ...part, [HEAD_FIELD]: '{"size":10,"headers":{}}' }],
  ])("counts as absent, and is not read: %s", async (_, status, headers) => {
    const { response, state } = kept(sampleBytes(3), status, headers);
    const { edge } = scripted({ match: () => response });
    expect(await edge.get("n", range)).toBeNull();
    expect(state.cancelled).toBe(true);
  });

  test.each<[string, number, Record<string, string>, boolean]>([
    ["of its length", 200, { "Content-Length": "10" }, true],
    ["of another length", 200, { "Content-Length": "9" }, false],
    ["of no told length", 200, {}, false],
    ["in parts", 206, { "Content-Range": "bytes 0-9/10", "Content-Length": "10" }, true],
    ["but for an end", 206, { "Content-Range": "bytes 0-8/10", "Content-Length": "9" }, false],
    ["of another status", 203, { "Content-Length": "10" }, false],
  ])("the whole %s counts: %s", async (_, status, headers, counts) => {
    const { response } = kept(sampleBytes(10), status, headers);
    const { edge } = scripted({ match: () => response });
    expect((await edge.get("n", null)) !== null).toBe(counts);
  });

  test("the whole is the range of all of it", async () => {
    const { response } = kept(sampleBytes(10), 200, { "Content-Length": "10" });
    const { edge } = scripted({ match: () => response });
    expect(await bytesOf(await edge.get("n", { offset: 0, length: 10 }))).toEqual(sampleBytes(10));
  });

  test("a cache that fails is told of", async () => {
    const { edge } = scripted({
      match: () => {
        throw new Error("the cache is away");
      },
    });
    await expect(edge.get("n", null)).rejects.toThrow("the cache is away");
  });
});

describe("a head in one field", () => {
  test.each([
    ["", null],
    ['a "quoted" \\ name', "x\r\nInjected: y\u0000"],
    ["Ünïcöde \u2603 \ud83d\ude00", "\ud800 alone"],
  ])("is ASCII, on one line, and reads as it was written", (contentDisposition, contentType) => {
    const head = { size: 7, headers: { ...PLAIN, contentDisposition, contentType } };
    const field = writeHead(head);
    expect(field).toMatch(/^[ -~]+$/);
    expect(readHead(new Headers({ [HEAD_FIELD]: field }).get(HEAD_FIELD))).toEqual(head);
  });

  test.each([
    null,
    "",
    "x",
    "null",
    "1",
    "[]",
    "{}",
    '{"size":-0.5,"headers":{"etag":"e"}}',
    '{"size":1,"headers":null}',
  ])("that is none is none: %s", (field) => {
    expect(readHead(field)).toBeNull();
  });
});
