import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, preload, untilReady } from "../../stack/entries.ts";
import { presign, publish } from "../../stack/objects.ts";
import { isWhole, requestsFor } from "../../stack/origin-log.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { ask, askProxy, untilHit } from "../../stack/requests.ts";
import { letGo, untilHeld } from "./moody-origin.ts";

/** Copies before anybody downloads them, and what the answer says of each. */
export function preloads(stack: () => Stack, origin: () => OwnOrigin): void {
  it("is queued, then filling, then ready", async () => {
    const item = { url: `${origin().url}/held/preload`, hash: "held-preload" };
    expect(await preload(stack(), item)).toEqual({ key: "held-preload", status: "queued" });
    expect(await preload(stack(), item)).toEqual({ key: "held-preload", status: "filling" });
    await untilHeld("/held/preload");
    expect(await preload(stack(), item)).toEqual({ key: "held-preload", status: "filling" });
    expect(await findEntry(stack(), "held-preload")).toMatchObject({ status: "filling", size: null, sha256: null });

    await letGo("/held/preload");
    await untilReady(stack(), "held-preload");
    expect(await preload(stack(), item)).toEqual({ key: "held-preload", status: "ready" });
    expect(origin().asked.filter((asked) => asked === "GET /held/preload")).toHaveLength(1);
  });

  it("makes the first download a hit", async () => {
    const url = await publish(stack(), "preloaded.txt", "preloaded");
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    const response = await ask((await untilHit(stack(), await presign(stack(), "preloaded.txt", 900))).location);
    expect(await response.text()).toBe("preloaded");
    expect((await requestsFor(stack(), url)).filter(isWhole)).toHaveLength(1);
  });

  it.each<[string, () => Promise<string>]>([
    ["that is signed over headers of its holder's", async () => withSignedHeaders(await presign(stack(), "hello.txt"))],
    ["that has ended", async () => ended(await presign(stack(), "hello.txt"))],
    ["whose path every client would fold", async () => `${origin().url}/a/../b`],
  ])("is not storable for a URL %s, whose download goes to the origin", async (_, make) => {
    const url = await make();
    const { key, status } = await preload(stack(), { url });
    expect(status).toBe("not_storable");
    if (status !== "not_storable") return;
    const answer = await askProxy(stack(), url);
    expect([answer.location, answer.cacheStatus]).toEqual([url, "snapbyte; fwd=bypass"]);
    expect((await findEntry(stack(), key))?.error ?? null).toBeNull();
  });

  it("puts a known caller behind what a stranger began", async () => {
    const url = await publish(stack(), "adopted.txt", "adopted");
    await askProxy(stack(), url, { extra: { hash: "adopted" } });
    await untilReady(stack(), "adopted");
    const later = new Date(Date.now() + 3_600_000).toISOString();
    expect(await preload(stack(), { url, hash: "adopted", expires_at: later })).toMatchObject({ status: "ready" });
    expect(await findEntry(stack(), "adopted")).toMatchObject({ status: "ready", expires_at: later });
  });
}

function withSignedHeaders(url: string): string {
  return url.replace("X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders=host%3Brange");
}

function ended(url: string): string {
  return url.replace(/X-Amz-Date=\d{8}/, "X-Amz-Date=20200101");
}
