import { describe, expect, test } from "vitest";
import { MAX_CACHED_BYTES } from "../../../../src/platform/cloudflare/cache-api.ts";
import { HEAD_FIELD, writeHead } from "../../../../src/platform/cloudflare/edge-head.ts";
import { newName, objectOf, PLAIN, sampleBytes } from "../../../contracts/edge-cache.contract.ts";
import { scripted } from "./scripted.ts";

describe("what is put", () => {
  test("is opaque: no type, coding or validator of the object's is there for a cache to go by", async () => {
    const { edge, puts } = scripted();
    const headers = { ...PLAIN, contentEncoding: "gzip", contentType: "text/html", cacheControl: "no-store" };
    await edge.put("tenant/entry/g/0", objectOf(sampleBytes(3), headers), ["tenant:acme", "entry:acme/x"]);
    const [{ url, response } = { url: "", response: new Response() }] = puts;
    expect(url).toBe("https://copies.invalid/tenant%2Fentry%2Fg%2F0");
    expect(Object.fromEntries(response.headers)).toEqual({
      "content-type": "application/octet-stream",
      "cache-control": "public, max-age=86400, no-transform",
      "cache-tag": "tenant:acme,entry:acme/x",
      [HEAD_FIELD.toLowerCase()]: writeHead({ size: 3, headers }),
    });
    expect(response.status).toBe(200);
  });

  test.each([
    [["a b", "a,b", "ä", "", "x".repeat(1025), "ok"], "ok"],
    [["y".repeat(1024), "ok"], `${"y".repeat(1024)},ok`],
    [[], null],
  ])("has only tags that may be one", async (tags, field) => {
    const { edge, puts } = scripted();
    await edge.put(newName(), objectOf(sampleBytes(3)), tags);
    expect(puts[0]?.response.headers.get("Cache-Tag")).toBe(field);
  });

  test("has as many tags as the network reads", async () => {
    const { edge, puts } = scripted();
    const tags = Array.from({ length: 3_000 }, (_, at) => `tag-${at}`);
    await edge.put(newName(), objectOf(sampleBytes(3)), tags);
    const field = puts[0]?.response.headers.get("Cache-Tag") ?? "";
    expect(field.length).toBeLessThanOrEqual(16_000);
    expect(field.split(",").length).toBeGreaterThan(1_000);
  });

  test("is read as it is written: no second copy waits in memory", async () => {
    let pulled = 0;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          controller.enqueue(sampleBytes(1_000));
          if (++pulled === 100) controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const read = Promise.withResolvers<void>();
    const { edge } = scripted({
      put: async ({ body: stream }) => {
        const reader = (stream as ReadableStream<Uint8Array>).getReader();
        await reader.read();
        read.resolve();
        await scheduler.wait(0);
        expect(pulled).toBeLessThan(10);
        while (!(await reader.read()).done);
      },
    });
    const put = edge.put(newName(), { size: 100_000, headers: PLAIN, body }, []);
    await read.promise;
    await put;
    expect(pulled).toBe(100);
  });

  test("is given up with a cache that refuses, and the body with it", async () => {
    let reason: unknown;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(sampleBytes(10)),
      cancel: (why) => {
        reason = why;
      },
    });
    const { edge, deleted } = scripted({ put: () => Promise.reject(new Error("the cache is full")) });
    await expect(edge.put("n", { size: 10_000, headers: PLAIN, body }, [])).rejects.toThrow("the cache is full");
    expect(reason).toBeDefined();
    expect(deleted).toEqual(["https://copies.invalid/n"]);
  });

  test("is taken back where the body broke off and the cache says nothing of it", async () => {
    const { edge, deleted } = scripted({
      put: async (response) => void (await response.arrayBuffer().catch(() => {})),
    });
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error("cut")) });
    await expect(edge.put("n", { size: 5, headers: PLAIN, body: broken }, [])).rejects.toThrow();
    expect(deleted).toEqual(["https://copies.invalid/n"]);
  });

  test("is at most 512 MB", () => {
    const { edge } = scripted();
    expect(MAX_CACHED_BYTES).toBeLessThan(512 * 2 ** 20);
    expect(edge.takes({ size: MAX_CACHED_BYTES, headers: PLAIN })).toBe(true);
  });
});
