import { expect, it } from "vitest";
import type { z } from "zod";
import { batchBody } from "../../../../src/api/schemas/batch.ts";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry } from "../../stack/entries.ts";
import { presign, putObject } from "../../stack/objects.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { ask, manage } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { serveManifest } from "./moody-origin.ts";

type Summary = z.infer<typeof batchBody>;

/** Bytes of each of the objects that the lines name; each line wants a copy under a key of its own. */
const SIZES = [1, 200, 3_000, 40_000];

/** `POST /preload` with a manifest, and `GET /preload/{batch}`. */
export function manifests(stack: () => Stack, origin: () => OwnOrigin): void {
  async function linesOf(name: string, count: number): Promise<string[]> {
    await Promise.all(SIZES.map((size, index) => putObject(stack(), `${name}-${index}.txt`, "x".repeat(size))));
    const numbers = Array.from({ length: count }, (_, number) => number);
    const lineOf = async (number: number) => {
      const url = await presign(stack(), `${name}-${number % SIZES.length}.txt`);
      return JSON.stringify({ url, hash: `${name}-${number}` });
    };
    return await Promise.all(numbers.map(lineOf));
  }

  const bytesOf = (count: number) =>
    Array.from({ length: count }, (_, number) => SIZES[number % SIZES.length] ?? 0).reduce(
      (sum, size) => sum + size,
      0,
    );

  async function post(body: string, type = "application/x-ndjson"): Promise<string> {
    const headers = { "content-type": type, authorization: `Bearer ${stack().apiKey}` };
    const response = await ask(`${stack().api}/preload`, { method: "POST", headers, body });
    const answer = (await response.json()) as { batch: string; status: string };
    expect({ status: response.status, answer }).toEqual({
      status: 202,
      answer: { batch: expect.any(String), status: "expanding" },
    });
    return answer.batch;
  }

  async function summaryOf(batch: string): Promise<Summary> {
    const response = await manage(stack(), `/preload/${batch}`);
    expect(response.status).toBe(200);
    return batchBody.parse(await response.json());
  }

  /** Waits until nothing more will happen to the batch. */
  const ended = (batch: string) =>
    until(`batch ${batch} has ended`, async () => {
      const summary = await summaryOf(batch);
      return summary.status === "done" || summary.status === "failed" ? summary : null;
    });

  const whole = (count: number) => ({
    ...{ status: "done", lines: count, rejected: 0, errors: [], error: null, bytes: bytesOf(count) },
    entries: { total: count, filling: 0, ready: count, stale: 0, purged: 0, failed: 0 },
  });

  it("in a body is expanded, and its sums are right in the end", async () => {
    const batch = await post((await linesOf("in-body", 60)).join("\r\n"));
    expect(await ended(batch)).toMatchObject(whole(60));
    expect(await findEntry(stack(), "in-body-59")).toMatchObject({ status: "ready", size: SIZES[59 % SIZES.length] });
  });

  it("at a URL is fetched once and expanded, and its sums are right in the end", async () => {
    const path = serveManifest("at-url", `${(await linesOf("at-url", 40)).join("\n")}\n`);
    const batch = await post(JSON.stringify({ manifest: `${origin().url}${path}` }), "application/json");
    expect(await ended(batch)).toMatchObject(whole(40));
    expect(origin().asked.filter((asked) => asked === `GET ${path}`)).toHaveLength(1);
  });

  it("with bad lines tells of each by its number, and copies the others", async () => {
    const [good = ""] = await linesOf("good", 1);
    const evil = JSON.stringify({ url: "https://evil.example/?sig=0123456789abcdef" });
    const gone = JSON.stringify({ url: await presign(stack(), "not-there.txt"), hash: "not-there" });
    const summary = await ended(await post(`\ufeff\n${good}\n{"url"\n${evil}\n${gone}\n${good}`));
    expect(summary).toMatchObject({
      ...{ status: "done", lines: 5, rejected: 2, bytes: SIZES[0] },
      entries: { total: 2, ready: 1, failed: 1 },
    });
    expect(summary.errors.map(({ line, code }) => [line, code])).toEqual([
      [3, "INVALID_JSON"],
      [4, "ORIGIN_NOT_ALLOWED"],
    ]);
  });

  it("that the origin does not have fails its batch", async () => {
    const batch = await post(JSON.stringify({ manifest: `${origin().url}/status/404` }), "application/json");
    expect(await ended(batch)).toMatchObject({ status: "failed", error: { code: "ORIGIN_NOT_FOUND" }, lines: 0 });
  });

  it("is told of to its tenant alone", async () => {
    const batch = await post("{}");
    expect((await manage(stack(), `/preload/${batch}`, { key: stack().presigned.apiKey })).status).toBe(404);
    expect((await manage(stack(), `/preload/${batch}`, { key: null })).status).toBe(401);
  });
}
