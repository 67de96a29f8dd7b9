import { describe, expect, inject, it } from "vitest";
import { bodyReader, Stalled } from "../../src/app/read-body.ts";
import { parseRawUrl } from "../../src/core/origin-url/raw-url.ts";
import { fetchOrigin } from "../../src/platform/http/origin.ts";
import { originUrl, patient } from "./origin.contract.ts";
import { ORIGIN_SAMPLES } from "./origin-samples.ts";

// What the fill engine takes for granted of workerd. When one of these changes, so must what is published.
const base = inject("services").originUrl;
const open = (path: string) => fetchOrigin().open(originUrl(base, path), {}, patient());
const text = async (path: string) => await new Response((await open(path)).body).text();

describe("a body that is not what its headers say", () => {
  it.each(["too-short", "reset", "reset-close-framed", "no-last-chunk", "half-a-chunk"])(
    "%s: rejects when it is read, and never looks whole",
    async (path) => {
      await expect(text(`/wire/${path}`)).rejects.toThrow("Network connection lost");
    },
  );

  it("rejects also a read that waits for more bytes than there are", async () => {
    const { body } = await open("/wire/too-short");
    const reader = body?.getReader({ mode: "byob" }) as ReadableStreamBYOBReader;
    await expect(reader.readAtLeast(9, new Uint8Array(9))).rejects.toThrow("Network connection lost");
  });

  it("is cut to its length when it is longer, and nothing tells", async () => {
    expect(await text("/wire/too-long")).toBe("hel");
  });

  it("goes by its chunks when a length contradicts them: both can be seen", async () => {
    const { header, body } = await open("/wire/length-and-chunks");
    expect([header("content-length"), header("transfer-encoding")]).toEqual(["3", "chunked"]);
    expect(await new Response(body).text()).toBe("hello");
  });
});

describe("a body that ends with its connection", () => {
  it.each(["/closes", "/wire/http-1.0"])("%s: has neither length nor chunks", async (path) => {
    const { header, body } = await open(path);
    expect([header("content-length"), header("transfer-encoding")]).toEqual([null, null]);
    await body?.cancel();
  });
});

describe("no answer", () => {
  it.each(["two-lengths", "length-in-words", "nothing", "no-http"])("%s: rejects", async (path) => {
    await expect(open(`/wire/${path}`)).rejects.toThrow("Network connection lost");
  });

  it("rejects where nobody listens", async () => {
    const nobody = parseRawUrl("http://127.0.0.1:1/");
    if (typeof nobody === "string") throw new Error(nobody);
    await expect(fetchOrigin().open(nobody, {}, patient())).rejects.toThrow("Network connection lost");
  });
});

describe("a body that is read into a view", () => {
  const IDLE_MS = 5_000;
  const readerOf = async (path: string, idleMs = IDLE_MS) => {
    const { body } = await open(path);
    if (!body) throw new Error(`${path} has no body`);
    return bodyReader(body, { idleMs });
  };
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

  it.each(["/chunked", "/closes", "/hello.txt"])("%s: ends, and comes in the view's own buffer", async (path) => {
    const reader = await readerOf(path);
    const { view, ended } = await reader.fill(new Uint8Array(100).subarray(10));
    expect(text(view)).toBe(ORIGIN_SAMPLES[path]?.body);
    expect([ended, view.byteOffset, view.buffer.byteLength]).toEqual([true, 10, 100]);
  });

  it("goes on in the next view, and tells at its end that nothing follows", async () => {
    const reader = await readerOf("/wire/too-long");
    const first = await reader.fill(new Uint8Array(2));
    expect([text(first.view), first.ended]).toEqual(["he", false]);
    const second = await reader.fill(new Uint8Array(first.view.buffer, 0, 1));
    expect([text(second.view), await reader.atEnd()]).toEqual(["l", true]);
  });

  it("is not at its end where it is cut", async () => {
    const reader = await readerOf("/wire/no-last-chunk");
    await reader.fill(new Uint8Array(5));
    await expect(reader.atEnd()).rejects.toThrow("Network connection lost");
  });

  it("is given up when it stalls", async () => {
    const reader = await readerOf("/stalls", 50);
    await expect(reader.fill(new Uint8Array(100))).rejects.toBeInstanceOf(Stalled);
    await reader.cancel();
  });
});
