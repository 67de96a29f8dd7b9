import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, preload, untilReady } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import { isWhole, requestsFor } from "../../stack/origin-log.ts";
import { ask, askProxy, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";

/** A key is bound to the object that first filled it; only a caller that we know binds it to another. */
export function customKeys(stack: () => Stack): void {
  it("names one object, whoever asks with another", async () => {
    const init = { extra: { hash: "bound" } };
    const mine = await publish(stack(), "bound-mine.txt", "mine");
    const other = await publish(stack(), "bound-other.txt", "other");
    await askProxy(stack(), mine, init);
    const entry = await untilReady(stack(), "bound");

    const { status, location, cacheStatus } = await askProxy(stack(), other, init);
    expect([status, location, cacheStatus]).toEqual([302, other, "snapbyte; fwd=uri-miss"]);

    // A fill for it would have gone before this one through the queue.
    const { key } = await preload(stack(), { url: await publish(stack(), "bound-after.txt", "after") });
    await untilReady(stack(), key);
    expect((await requestsFor(stack(), other)).filter(isWhole)).toHaveLength(0);
    expect((await findEntry(stack(), "bound"))?.generation).toBe(entry.generation);
    expect(await (await ask((await untilHit(stack(), mine, init)).location)).text()).toBe("mine");
  });

  it("is bound anew by the tenant's API key", async () => {
    const extra = { hash: "rebound" };
    const old = await publish(stack(), "rebound-old.txt", "old");
    const fresh = await publish(stack(), "rebound-new.txt", "new");
    await askProxy(stack(), old, { extra });
    await untilReady(stack(), "rebound");

    const headers = { authorization: `Bearer ${stack().apiKey}` };
    // Who cannot be known in time is a stranger, so one request may not be enough.
    await until("the key is bound to the new object", async () => {
      expect((await askProxy(stack(), fresh, { extra, headers })).status).toBe(302);
      const entry = await findEntry(stack(), "rebound");
      return entry?.source_url.includes("rebound-new.txt") && entry.status === "ready" ? entry : null;
    });
    expect(await (await ask((await untilHit(stack(), fresh, { extra })).location)).text()).toBe("new");
    expect((await askProxy(stack(), old, { extra })).location).toBe(old);
  });

  it("is bound anew by a preload", async () => {
    const extra = { hash: "preloaded" };
    const old = await publish(stack(), "preloaded-old.txt", "old");
    const fresh = await publish(stack(), "preloaded-new.txt", "new");
    await preload(stack(), { url: old, ...extra });
    await untilReady(stack(), "preloaded");
    expect(await preload(stack(), { url: fresh, ...extra })).toEqual({ key: "preloaded", status: "queued" });
    await untilReady(stack(), "preloaded");
    expect(await (await ask((await untilHit(stack(), fresh, { extra })).location)).text()).toBe("new");
    expect((await askProxy(stack(), old, { extra })).location).toBe(old);
  });
}
