import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import { ask, manage, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";

/** Whoever holds a link when its copy goes is sent to the origin, not to an error. */
export function copyLinks(stack: () => Stack): void {
  it("leads to the origin after a purge", async () => {
    const url = await publish(stack(), "purged.txt", "still at the origin");
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    const { location } = await untilHit(stack(), url);
    expect((await manage(stack(), `/cache/${key}`, { method: "DELETE" })).status).toBe(200);

    for (const method of ["GET", "HEAD"]) {
      const response = await ask(location, { method, headers: { range: "bytes=0-4" } });
      expect([response.status, response.headers.get("location"), await response.text()]).toEqual([302, url, ""]);
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    }
    expect(await (await fetch(location)).text()).toBe("still at the origin");
  });

  it("leads to the origin, not to the bytes of a later copy", async () => {
    const url = await publish(stack(), "purged-and-filled.txt", "filled again");
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    const { location } = await untilHit(stack(), url);
    await manage(stack(), `/cache/${key}`, { method: "DELETE" });
    await preload(stack(), { url });
    await untilReady(stack(), key);
    const response = await ask(location);
    expect([response.status, response.headers.get("location")]).toEqual([302, url]);
  });

  it("is not found when it was made without a URL", async () => {
    const url = await publish(stack(), "purged-key.txt", "by key");
    await preload(stack(), { url, hash: "purged-key" });
    await untilReady(stack(), "purged-key");
    const headers = { authorization: `Bearer ${stack().apiKey}` };
    const location = await until("the key leads to the copy", async () => {
      const response = await ask(`${stack().api}/proxy?hash=purged-key`, { headers });
      return response.headers.get("location");
    });
    await manage(stack(), "/cache/purged-key", { method: "DELETE" });
    const response = await ask(location);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: "NOT_FOUND" } });
  });
}
