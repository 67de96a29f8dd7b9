import { get } from "node:http";
import { describe, expect, it } from "vitest";
import { untilReady, untilStored } from "../stack/entries.ts";
import { withOwnOrigin } from "../stack/own-origin.ts";
import { ask, askProxy, manage, untilHit } from "../stack/requests.ts";
import { untilUsed, usageOf } from "../stack/usage.ts";
import { withStack } from "../stack/with-stack.ts";
import { usageAnswers } from "./usage/answers.ts";
import { savingsAnswers } from "./usage/savings.ts";

const MIB = 2 ** 20;
const LARGE = 128 * MIB;
const SMALL = "a small file";

const open = withOwnOrigin((request, response) => {
  const size = request.url?.startsWith("/large") ? LARGE : SMALL.length;
  const body = size === LARGE ? Buffer.alloc(LARGE, "large") : Buffer.from(SMALL);
  response.writeHead(200, { "content-type": "text/plain", "content-length": size, etag: '"v1"' }).end(body);
});
const stack = withStack(async () => ({ originRules: [open().rule("public")] }));

/** Takes at least a tenth of a download and leaves. Resolves with the bytes that it took. */
function takeTenth(url: string, size: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = get(url, (response) => {
      let taken = 0;
      response.on("data", (chunk: Buffer) => {
        taken += chunk.length;
        if (taken < size / 10) return;
        response.destroy();
        resolve(taken);
      });
      response.on("error", () => {});
    });
    asking.once("error", reject);
  });
}

describe("what a customer has used", () => {
  it("is a miss, a fill, a hit, and the bytes that were taken", async () => {
    const url = `${open().url}/small.txt`;
    expect((await askProxy(stack(), url)).cacheStatus).toBe("snapbyte; fwd=uri-miss");
    await untilStored(stack(), url);
    const { location } = await untilHit(stack(), url);
    expect(await (await ask(location)).text()).toBe(SMALL);
    expect((await ask(location, { headers: { range: "bytes=0-3" } })).status).toBe(206);
    expect((await ask(location, { method: "HEAD" })).status).toBe(200);
    const etag = (await ask(location)).headers.get("etag") ?? "";
    expect((await ask(location, { headers: { "if-none-match": etag } })).status).toBe(304);

    const size = SMALL.length;
    // On a busy machine the first look-up comes too late to tell that it was a miss.
    const used = await untilUsed(stack(), { hits: 1, requests: 2, fills: 1, deliveries: 4, unchanged: 1 });
    expect(used).toMatchObject({ fills: 1, filled_bytes: size, origin_bytes: size, deliveries: 4, unchanged: 1 });
    expect(used.delivered_bytes).toBe(2 * size + 4);
    expect(used.requests).toBe((used.hits ?? 0) + (used.misses ?? 0) + (used.bypass_unknown ?? 0));
    expect((await usageOf(stack())).batches.missing).toBe(0);
  });

  it("is, of a client that left at a tenth, about a tenth", async () => {
    const url = `${open().url}/large.bin`;
    await askProxy(stack(), url, { extra: { hash: "large" } });
    await untilReady(stack(), "large");
    const { location } = await untilHit(stack(), url, { extra: { hash: "large" } });
    const before = await usageOf(stack(), "by=hour&group=key");
    const of = ({ rows }: typeof before) => rows.filter(({ key }) => key === "large");
    expect((await usageOf(stack(), "by=hour&group=key&key=large")).rows).toEqual(of(before));
    expect(of(before).reduce((sum, { delivered_bytes }) => sum + delivered_bytes, 0)).toBe(0);
    const taken = await takeTenth(location, LARGE);
    const { delivered_bytes: delivered = 0 } = await untilUsed(stack(), { delivered_bytes: taken });
    // What the kernel's sockets and wrangler's own proxy hold was sent, and nobody has seen it arrive.
    expect(delivered).toBeLessThan(LARGE / 2);
    expect(delivered).toBeGreaterThanOrEqual(taken);
  });

  it("is told of by origin, with what was bypassed and refused", async () => {
    const url = `${open().url}/small.txt`;
    const basic = { headers: { authorization: "Basic dXNlcjpwYXNz" } };
    expect((await askProxy(stack(), url, basic)).cacheStatus).toBe("snapbyte; fwd=bypass");
    expect((await askProxy(stack(), "https://elsewhere.example.com/a")).status).toBe(403);
    expect((await askProxy(stack(), "no url")).status).toBe(400);
    await untilUsed(stack(), { bypass_credentials: 1, refused_origin: 1, refused_url: 1 });
    const { rows } = await usageOf(stack(), "by=month&group=origin");
    const [none, ...rules] = rows;
    expect(none).toMatchObject({ origin: null, refusals: { origin: 1, url: 1 }, hits: 0 });
    expect(rules.find(({ origin }) => origin?.url === `${open().url}/`)).toMatchObject({
      bypasses: { credentials: 1 },
    });
  });

  it("is nobody else's: another key of the tenant's own tells the same, a stranger none", async () => {
    expect((await manage(stack(), "/usage", { key: null })).status).toBe(401);
    expect((await manage(stack(), "/usage", { key: "snap_wrong" })).status).toBe(401);
  });
});

describe("usage", () => usageAnswers(stack));

describe("savings", () => savingsAnswers(stack, () => `${open().url}/`));
