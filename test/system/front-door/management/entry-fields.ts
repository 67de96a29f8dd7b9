import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { findEntry, listEntries, preload, untilReady } from "../../stack/entries.ts";
import { publish, sha256 } from "../../stack/objects.ts";
import { askProxy, manage } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";

/** `GET /cache/K`: all that we know of an entry, and nothing that opens anything. */
export function entryFields(stack: () => Stack): void {
  it("tells everything about its copy", async () => {
    const began = Date.now();
    const url = await publish(stack(), "described.txt", "described", { ContentType: "text/x-described" });
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    const hash = "my/own key: äöü?&#";
    expect(await preload(stack(), { url, hash, expires_at: soon, tags: ["Described", "a-tag"] })).toEqual({
      key: hash,
      status: "queued",
    });
    const entry = await untilReady(stack(), hash);
    const [address] = url.split("?");
    expect(entry).toEqual({
      key: hash,
      status: "ready",
      size: 9,
      content_type: "text/x-described",
      etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
      sha256: sha256("described"),
      parts_digest: null,
      generation: expect.stringMatching(/^[0-9a-f-]{36}$/),
      source_url: address,
      created_at: expect.any(String),
      updated_at: expect.any(String),
      stored_at: expect.any(String),
      fresh_until: null,
      expires_at: soon,
      refresh_wanted: false,
      tags: ["a-tag", "described"],
      hits: 0,
      error: null,
      progress: null,
    });
    const times = [began, entry.created_at, entry.stored_at, entry.updated_at, Date.now()];
    const sorted = times.map((time) => new Date(time ?? 0).getTime());
    expect(sorted).toEqual(sorted.toSorted((a, b) => a - b));
  });

  it("is told in a list as it is told alone", async () => {
    const { key } = await preload(stack(), { url: await publish(stack(), "listed.txt", "listed") });
    const alone = await untilReady(stack(), key);
    expect(await listEntries(stack())).toContainEqual(alone);
  });

  it("holds no credential", async () => {
    const url = await publish(stack(), "secretive.txt", "secretive");
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    const answers = await Promise.all(
      [`/cache/${key}`, "/cache"].map(async (path) => await (await manage(stack(), path)).text()),
    );
    const { searchParams } = new URL(url);
    const secrets = ["X-Amz-Signature", "X-Amz-Credential", "X-Amz-Date"].map((name) => searchParams.get(name) ?? "");
    for (const secret of [...secrets, stack().originCredentials.accessKeyId, stack().apiKey]) {
      expect(secret.length).toBeGreaterThan(10);
      for (const answer of answers) expect(answer).not.toContain(secret);
    }
  });

  it("is found under the key that /preload gives, and under no other", async () => {
    const { key } = await preload(stack(), { url: await publish(stack(), "named.txt", "named") });
    expect(key).toMatch(/^url-[A-Za-z0-9_-]{43}$/);
    expect((await findEntry(stack(), key))?.key).toBe(key);
    expect(await findEntry(stack(), key.slice(0, -1))).toBeNull();
    expect(await findEntry(stack(), key.slice(4))).toBeNull();
  });

  it("counts the downloads that it spared the origin", async () => {
    const url = await publish(stack(), "counted.txt", "counted");
    const { key } = await preload(stack(), { url });
    await untilReady(stack(), key);
    let hits = 0;
    for (let count = 0; count < 20; count++) {
      if ((await askProxy(stack(), url)).cacheStatus === "snapbyte; hit") hits += 1;
    }
    expect(hits).toBeGreaterThan(0);
    await until(`${hits} hits are counted`, async () => {
      const entry = await findEntry(stack(), key);
      return entry?.hits === hits ? entry : null;
    });
  });
}
