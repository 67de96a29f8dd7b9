import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, preload, untilReady } from "../../stack/entries.ts";
import { publish, sha256 } from "../../stack/objects.ts";
import type { OwnOrigin } from "../../stack/own-origin.ts";
import { ask, askProxy, manage, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { letGo, untilHeld } from "./moody-origin.ts";

const GONE = { status: "purged", size: null, sha256: null, generation: null };

/** `DELETE /cache/K`: the copy is gone from everywhere, and stays gone. */
export function purges(stack: () => Stack, origin: () => OwnOrigin): void {
  const purge = async (key: string) => {
    const response = await manage(stack(), `/cache/${encodeURIComponent(key)}`, { method: "DELETE" });
    const body = await response.json();
    if (response.ok) expect(body).toEqual({ key, status: "purged" });
    return response.status;
  };

  it("answers 200 once, and 404 when there is nothing left to purge", async () => {
    const { key } = await preload(stack(), { url: await publish(stack(), "purged.txt", "purged") });
    await untilReady(stack(), key);
    expect(await purge(key)).toBe(200);
    expect(await findEntry(stack(), key)).toMatchObject({
      status: "purged",
      size: null,
      sha256: null,
      generation: null,
    });
    expect(await purge(key)).toBe(404);
    expect(await purge("never heard of")).toBe(404);
  });

  it("lets the next download fill again", async () => {
    const url = await publish(stack(), "purged-twice.txt", "purged twice");
    const { key } = await preload(stack(), { url });
    const first = await untilReady(stack(), key);
    await purge(key);
    const second = await until("a download fills it again", async () => {
      await askProxy(stack(), url);
      const entry = await findEntry(stack(), key);
      return entry?.status === "ready" ? entry : null;
    });
    expect(second.generation).not.toBe(first.generation);
    expect(await (await ask((await untilHit(stack(), url)).location)).text()).toBe("purged twice");
  });

  it("stops a fill under way, which cannot publish afterwards", async () => {
    const url = `${origin().url}/held/purged`;
    const extra = { hash: "held-purged" };
    await preload(stack(), { url, ...extra });
    await untilHeld("/held/purged");
    expect(await purge("held-purged")).toBe(200);
    expect(await findEntry(stack(), "held-purged")).toMatchObject(GONE);
    await letGo("/held/purged");

    // What the fill would still do, it does before this one is begun.
    const { key } = await preload(stack(), { url: await publish(stack(), "purged-after.txt", "after") });
    await untilReady(stack(), key);
    expect(await findEntry(stack(), "held-purged")).toMatchObject(GONE);

    expect((await askProxy(stack(), url, { extra })).location).toBe(url);
    await untilHeld("/held/purged");
    await letGo("/held/purged");
    await untilReady(stack(), "held-purged");
  });

  it("gives way to a fill that is wanted after it", async () => {
    await preload(stack(), { url: `${origin().url}/held/outdated`, hash: "outdated" });
    await untilHeld("/held/outdated");
    expect(await purge("outdated")).toBe(200);
    const url = await publish(stack(), "up-to-date.txt", "up to date");
    expect(await preload(stack(), { url, hash: "outdated" })).toMatchObject({ status: "queued" });
    await letGo("/held/outdated");
    expect(await untilReady(stack(), "outdated")).toMatchObject({ size: 10, sha256: sha256("up to date") });
    const hit = await untilHit(stack(), url, { extra: { hash: "outdated" } });
    expect(await (await ask(hit.location)).text()).toBe("up to date");
  });
}
