import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { presignWithSdk } from "../../src/dev/demo/presign-with-sdk.ts";
import { objectUrl, originClient, presignGet } from "../../src/dev/origin/credentials.ts";
import { readRequests } from "../../src/dev/origin/request-log.ts";
import { type DemoOrigin, startOrigin } from "../../src/dev/origin/start-origin.ts";

let state: string;
let origin: DemoOrigin;
const KEYS = { accessKeyId: "KEYOFTHEORIGIN", secretAccessKey: "secret/of+the=origin" };

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "snapbyte-origin-"));
  origin = await startOrigin({ state, port: 0, keys: KEYS });
}, 60_000);
afterAll(async () => {
  await origin.stop();
  await rm(state, { recursive: true, force: true, maxRetries: 3 });
});

/** The log's line for the last request, which is written when the origin has finished. */
async function lastRequest() {
  await sleep(100);
  return readRequests(origin.log).at(-1);
}

describe.each([
  ["aws4fetch", (key: string) => presignGet(origin.credentials, key, 60)],
  ["the AWS SDK", (key: string) => presignWithSdk(origin.credentials, key)],
])("a URL presigned by %s", (_, presign) => {
  test("opens its object", async () => {
    const response = await fetch(await presign("hello.txt"));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(response.headers.get("content-length")).toBe("28");
    expect(await response.text()).toBe("Hello from the demo origin.\n");
  });

  test("gives the first byte alone, with the size and the ETag of the whole", async () => {
    const response = await fetch(await presign("video.bin"), { headers: { range: "bytes=0-0" } });
    expect(response.status).toBe(206);
    expect(response.headers.get("content-range")).toBe("bytes 0-0/50000000");
    expect(response.headers.get("etag")).toMatch(/^"[0-9a-f]{32}"$/);
    expect((await response.arrayBuffer()).byteLength).toBe(1);
    expect(await lastRequest()).toMatchObject({ method: "GET", range: "bytes=0-0", status: 206, bytes: 1 });
  });

  test("is worth nothing when its signature or its path is changed, or for another verb", async () => {
    const url = await presign("hello.txt");
    const signature = /X-Amz-Signature=([0-9a-f]{64})/.exec(url)?.[1] ?? "";
    const other = signature.startsWith("0") ? `1${signature.slice(1)}` : `0${signature.slice(1)}`;
    expect((await fetch(url.replace(signature, other))).status).toBe(403);
    expect((await fetch(url.replace("hello.txt", "pixel.png"))).status).toBe(403);
    expect((await fetch(url, { method: "HEAD" })).status).toBe(403);
    // S3 itself says 403.
    expect((await fetch(url.split("?")[0] ?? "")).status).toBe(400);
  });
});

test("a URL is worth nothing once it has expired", async () => {
  const url = await presignGet(origin.credentials, "hello.txt", 1);
  await sleep(2_100);
  expect((await fetch(url)).status).toBe(403);
});

test("HEAD, signed as such, tells size and type", async () => {
  const url = objectUrl(origin.credentials, "pixel.png");
  const signed = await originClient(origin.credentials).sign(url, { method: "HEAD", aws: { signQuery: true } });
  const response = await fetch(signed.url, { method: "HEAD" });
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("image/png");
  expect(Number(response.headers.get("content-length"))).toBeGreaterThan(100_000);
});

test("the samples are what the origin sends, and the log has no signature in it", async () => {
  for (const { key, bytes, sha256 } of origin.samples) {
    const response = await fetch(await presignGet(origin.credentials, key, 60));
    const body = new Uint8Array(await response.arrayBuffer());
    expect(body.length).toBe(bytes);
    expect(createHash("sha256").update(body).digest("hex")).toBe(sha256);
    const path = `/cdn-cgi/local/r2/s3/demo/${key}`;
    expect(await lastRequest()).toMatchObject({ method: "GET", path, range: null, status: 200, bytes, aborted: false });
  }
});

test("a client that leaves is logged as such, with about what it took", async () => {
  const url = await presignGet(origin.credentials, "video.bin", 60);
  await new Promise<void>((resolve) => {
    const leaving = request(url, (response) => response.once("data", () => leaving.destroy()));
    leaving.once("close", () => resolve()).end();
  });
  const logged = await lastRequest();
  expect(logged).toMatchObject({ status: 200, aborted: true });
  expect(logged?.bytes).toBeLessThan(20_000_000);
});

test("a second start finds its files in place", async () => {
  const modified = async (at: DemoOrigin) =>
    (await fetch(await presignGet(at.credentials, "video.bin", 60), { headers: { range: "bytes=0-0" } })).headers.get(
      "last-modified",
    );
  const before = await modified(origin);
  await origin.stop();
  await sleep(1_000);
  origin = await startOrigin({ state, port: 0, keys: KEYS });
  expect(await modified(origin)).toBe(before);
}, 60_000);
