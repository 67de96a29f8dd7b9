import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, preload, untilReady } from "../../stack/entries.ts";
import { publish, putObject } from "../../stack/objects.ts";
import { ask, askProxy, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";
import { call, done, refusal } from "../settings/settings-calls.ts";

/** `soft`: the copy is served until the next download has had it made anew. */
export function softPurges(stack: () => Stack): void {
  it("serves what is there, and has the next download make it anew", async () => {
    const url = await publish(stack(), "soft.txt", "the same bytes");
    const { key } = await preload(stack(), { url });
    const before = await untilReady(stack(), key);
    await untilHit(stack(), url);
    expect(await done(stack(), "DELETE", `/cache/${key}?soft=true`)).toEqual({ key, status: "refreshing" });
    expect(await findEntry(stack(), key)).toMatchObject({ status: "ready", refresh_wanted: true });
    const { location } = await untilHit(stack(), url);
    expect(await (await ask(location)).text()).toBe("the same bytes");
    // The origin says that it is the same: no byte is fetched, and nobody wants it any more.
    const after = await until("the wish ends", async () => {
      await askProxy(stack(), url);
      const entry = await findEntry(stack(), key);
      return entry?.refresh_wanted === false ? entry : null;
    });
    expect(after.generation).toBe(before.generation);
  });

  it("brings what the origin has now", async () => {
    const url = await publish(stack(), "soft-newer.txt", "version 1");
    const { key } = await preload(stack(), { url });
    const before = await untilReady(stack(), key);
    await putObject(stack(), "soft-newer.txt", "version 2");
    expect(await done(stack(), "POST", "/purge", { keys: [key], soft: true })).toMatchObject({ purged: 1, soft: true });
    await until("there is a newer copy", async () => {
      await askProxy(stack(), url);
      const entry = await findEntry(stack(), key);
      return entry?.status === "ready" && entry.generation !== before.generation ? entry : null;
    });
    const { location } = await untilHit(stack(), url);
    expect(await (await ask(location)).text()).toBe("version 2");
    expect(await findEntry(stack(), key)).toMatchObject({ refresh_wanted: false });
  });

  it("is 404 where there is nothing", async () => {
    const refused = refusal(await call(stack(), "DELETE", "/cache/never-heard-of?soft=true"));
    expect(refused).toMatchObject({ status: 404, code: "NOT_FOUND" });
  });
}
