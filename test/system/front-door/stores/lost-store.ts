import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, preload, untilReady, untilStatus } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import { ask, untilHit } from "../../stack/requests.ts";
import type { MoreStores } from "./more-stores.ts";
import { FROM_BYTES } from "./settings.ts";

/** What becomes of copies whose store does not answer any more: the last tests, since it does not come back. */
export function lostStore(stack: () => Stack, stores: () => MoreStores): void {
  it("sends downloads to the origin, and forgets no copy", async () => {
    const url = await publish(stack(), "lost.txt", "x".repeat(FROM_BYTES));
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    const { location } = await untilHit(stack(), url);
    await stores().hidden.stop();
    for (const headers of [{}, { range: "bytes=0-9" }]) {
      const answer = await ask(new URL(location, stack().api).href, { headers });
      expect([answer.status, answer.headers.get("location")]).toEqual([302, url]);
    }
    expect(await findEntry(stack(), key)).toMatchObject({ status: "ready" });
  });

  it("tells who wanted a copy there that the store failed, and no more", async () => {
    const url = await publish(stack(), "never-stored.txt", "x".repeat(FROM_BYTES));
    const { key } = await preload(stack(), { url });
    const entry = await untilStatus(stack(), key, "failed");
    expect(entry).toMatchObject({ error: { code: "STORE_FAILED" } });
  });
}
