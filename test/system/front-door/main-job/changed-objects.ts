import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { presign, publish, putObject, sha256 } from "../../stack/objects.ts";
import { ask, askProxy, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";

/** The probe tells that the origin has other bytes now; nobody gets the old ones from then on. */
export function changedObjects(stack: () => Stack): void {
  it("comes from the origin until the copy is made anew", async () => {
    const first = await publish(stack(), "changing.txt", "version one");
    const { key } = await preload(stack(), { url: first });
    const { generation } = await untilReady(stack(), key);
    const oldLink = (await untilHit(stack(), first)).location;

    await putObject(stack(), "changing.txt", "version two");
    // A verdict holds for its URL for some minutes: another signing is asked about anew.
    const second = await presign(stack(), "changing.txt", 1111);
    const answer = await until("the change is seen", async () => {
      const asked = await askProxy(stack(), second);
      expect(asked.location).toBe(second);
      return asked.cacheStatus === "snapbyte; fwd=stale" ? asked : null;
    });
    expect(answer.status).toBe(302);

    const entry = await until("the copy is made anew", async () => {
      const seen = await untilReady(stack(), key);
      return seen.generation === generation ? null : seen;
    });
    expect(entry.sha256).toBe(sha256("version two"));
    const hit = await untilHit(stack(), await presign(stack(), "changing.txt", 2222));
    expect(await (await ask(hit.location)).text()).toBe("version two");

    // The old copy is gone: who holds a link to it gets what the origin has now.
    const followed = await fetch(oldLink);
    expect(await followed.text()).toBe("version two");
  });
}
