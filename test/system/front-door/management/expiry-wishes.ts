import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, preload, untilReady, untilStatus } from "../../stack/entries.ts";
import { presign, publish } from "../../stack/objects.ts";
import { isWhole, requestsFor } from "../../stack/origin-log.ts";
import { ask, askProxy, manage, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";

/** From the moment that the tenant named, the copy is neither served nor made again by whoever comes by. */
export function expiryWishes(stack: () => Stack): void {
  it.each(["2020-01-01T00:00:00Z", "tomorrow", "2030-01-01", 1893456000, null])(
    "of %j is refused",
    async (expires_at) => {
      const url = await presign(stack(), "hello.txt");
      const response = await manage(stack(), "/preload", { body: { url, hash: "wish refused", expires_at } });
      expect(response.status).toBe(400);
      const { error } = (await response.json()) as { error: { message: string } };
      expect(error.message).toContain("expires_at");
      expect(await findEntry(stack(), "wish refused")).toBeNull();
    },
  );

  it("in another time zone means the same moment", async () => {
    const url = await presign(stack(), "hello.txt");
    await preload(stack(), { url, hash: "zoned", expires_at: "2030-06-01T12:00:00+02:00" });
    expect((await findEntry(stack(), "zoned"))?.expires_at).toBe("2030-06-01T10:00:00.000Z");
  });

  it("ends the copy, until the tenant wants it anew", async () => {
    const url = await publish(stack(), "wished-away.txt", "wished away");
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    // Long enough to be seen before it comes, on a busy machine.
    const expires_at = new Date(Date.now() + 4_000).toISOString();
    expect(await preload(stack(), { url, expires_at })).toEqual({ key, status: "ready" });
    const link = (await untilHit(stack(), url)).location;
    expect((await ask(link, { method: "HEAD" })).status).toBe(200);
    await until("the moment has come", async () => Date.now() > Date.parse(expires_at) || null);

    // Neither the old link nor a new request brings the copy.
    expect((await ask(link)).headers.get("location")).toBe(url);
    expect((await askProxy(stack(), url)).location).toBe(url);
    expect(await findEntry(stack(), key)).toMatchObject({ status: "purged", size: null, expires_at });

    // A stranger's fill would have gone before this one through the queue.
    expect((await askProxy(stack(), url)).location).toBe(url);
    const after = await preload(stack(), { url: await publish(stack(), "wished-after.txt", "after") });
    await untilReady(stack(), after.key);
    expect((await requestsFor(stack(), url)).filter(isWhole)).toHaveLength(1);
    expect((await untilStatus(stack(), key, "purged")).sha256).toBeNull();

    expect(await preload(stack(), { url })).toEqual({ key, status: "queued" });
    expect((await untilReady(stack(), key)).expires_at).toBeNull();
    expect(await (await ask((await untilHit(stack(), url)).location)).text()).toBe("wished away");
  });
}
