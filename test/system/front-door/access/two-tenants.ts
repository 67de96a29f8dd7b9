import { beforeAll, expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, preload, untilReady } from "../../stack/entries.ts";
import { publish } from "../../stack/objects.ts";
import { isWhole, requestsFor } from "../../stack/origin-log.ts";
import { ask, askProxy, manage, untilHit } from "../../stack/requests.ts";

/** The same URL and the same key, and nothing in common. */
export function twoTenants(stack: () => Stack): void {
  const demo = () => stack();
  const other = () => ({ ...stack(), apiKey: stack().presigned.apiKey });
  const extra = () => ({ hash: "shared", site: stack().presigned.tenant });
  let url = "";
  beforeAll(async () => {
    url = await publish(stack(), "shared.txt", "shared");
    await preload(demo(), { url, hash: "shared" });
    await untilReady(demo(), "shared");
  });

  it("do not see each other's entries", async () => {
    expect(await findEntry(other(), "shared")).toBeNull();
    const list = await (await manage(other(), "/cache")).json();
    expect(list).toMatchObject({ entries: [] });
    expect((await manage(other(), "/cache/shared", { method: "DELETE" })).status).toBe(404);
    expect((await findEntry(demo(), "shared"))?.status).toBe("ready");
  });

  it("do not share a copy: each fetches its own", async () => {
    expect((await askProxy(stack(), url, { extra: extra() })).location).toBe(url);
    const theirs = await untilReady(other(), "shared");
    const ours = await findEntry(demo(), "shared");
    expect(theirs.generation).not.toBe(ours?.generation);
    expect((await requestsFor(stack(), url)).filter(isWhole)).toHaveLength(2);
  });

  it("do not get each other's copy by its key alone", async () => {
    const { api, apiKey, presigned } = stack();
    for (const [site, key] of [
      [presigned.tenant, apiKey],
      ["demo", presigned.apiKey],
    ]) {
      const response = await ask(`${api}/proxy?hash=shared&site=${site}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      expect([404, 503]).toContain(response.status);
      await response.body?.cancel();
    }
  });

  it("do not lose what is theirs when the other purges", async () => {
    await preload(other(), { url, hash: "shared" });
    await untilReady(other(), "shared");
    const link = (await untilHit(stack(), url, { extra: { hash: "shared" } })).location;
    expect((await manage(other(), "/cache/shared", { method: "DELETE" })).status).toBe(200);
    expect((await findEntry(demo(), "shared"))?.status).toBe("ready");
    expect((await findEntry(other(), "shared"))?.status).toBe("purged");
    const response = await ask(link);
    expect([response.status, await response.text()]).toEqual([200, "shared"]);
  });
}
