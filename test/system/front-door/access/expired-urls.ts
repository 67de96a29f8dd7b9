import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { presign, publish } from "../../stack/objects.ts";
import { requestsFor } from "../../stack/origin-log.ts";
import { ask, askProxy } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";

/** An expired URL never yields the copy, whatever we knew while it was good. */
export function expiredUrls(stack: () => Stack): void {
  it("leads to the origin, which is not even asked", async () => {
    const { key } = await preload(stack(), { url: await publish(stack(), "expiring.txt", "expiring") });
    await untilReady(stack(), key);
    const url = await presign(stack(), "expiring.txt", 1);
    await untilRefused(url);

    const before = (await requestsFor(stack(), url)).length;
    const { status, location, cacheStatus } = await askProxy(stack(), url);
    expect([status, location, cacheStatus]).toEqual([302, url, "snapbyte; fwd=bypass"]);
    expect(await requestsFor(stack(), url)).toHaveLength(before);
  });

  it("takes the link that it gave with it", async () => {
    const { key } = await preload(stack(), { url: await publish(stack(), "expiring-link.txt", "expiring") });
    await untilReady(stack(), key);
    // Long enough to be a hit on a busy machine; each try has a URL of its own.
    const { url, link } = await until("a short-lived URL is a hit", async () => {
      const short = await presign(stack(), "expiring-link.txt", 5);
      const { location } = await askProxy(stack(), short);
      return location === short ? null : { url: short, link: location };
    });
    await untilRefused(url);
    await untilExpired(url);

    expect((await askProxy(stack(), url)).location).toBe(url);
    const response = await ask(link);
    expect(response.status).toBe(410);
    expect(await response.json()).toMatchObject({ error: { code: "TOKEN_EXPIRED" } });
  });
}

/** Waits until the origin itself refuses the URL. */
async function untilRefused(url: string): Promise<void> {
  await until("the origin refuses the URL", async () => {
    const response = await ask(url, { headers: { range: "bytes=0-0" } });
    await response.body?.cancel();
    return response.status === 403 || null;
  });
}

/** Waits until the clock has passed the end of a SigV4 URL. */
async function untilExpired(url: string): Promise<void> {
  const { searchParams } = new URL(url);
  const date = (searchParams.get("X-Amz-Date") ?? "").replace(
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/,
    "$1-$2-$3T$4:$5:$6Z",
  );
  const end = Date.parse(date) + Number(searchParams.get("X-Amz-Expires")) * 1000;
  while (Date.now() <= end) await sleep(end - Date.now() + 1);
}
