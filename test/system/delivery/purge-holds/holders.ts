import { expect } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { presign, putObject } from "../../stack/objects.ts";
import { ask, untilHit } from "../../stack/requests.ts";
import { until } from "../../stack/until.ts";

/** Bytes of an object: a slow reader of it is under way for a while. */
const SIZE = 2 ** 20;

/** Clients that hold links to one copy: where each link leads, and the origin's own that it was made for. */
export type Holders = { readonly links: readonly string[]; readonly urls: readonly string[] };

/** Puts an object whose bytes are all the same into the demo origin: its version. */
export async function putVersion(stack: Stack, name: string, version: number): Promise<void> {
  await putObject(stack, name, Buffer.alloc(SIZE, version));
}

/** An address of the front door's origin that no other client has. */
export async function addressOf(stack: Stack, name: string, client: number): Promise<string> {
  return await presign(stack, name, 600 + client);
}

/**
 * Makes a copy of an object in the demo origin under its name as the key, and links to it that are all different; and sees to it that
 * the cache in front of the store is what serves them.
 */
export async function holdersOf(
  stack: Stack,
  { key, tags = [], count }: { key: string; tags?: string[]; count: number },
): Promise<Holders> {
  const urls = await Promise.all(Array.from({ length: count }, (_, client) => addressOf(stack, key, client)));
  await preload(stack, { url: urls[0] ?? "", hash: key, ...(tags.length > 0 && { tags }) });
  await untilReady(stack, key);
  const hits = await Promise.all(urls.map((url) => untilHit(stack, url, { extra: { hash: key } })));
  const links = hits.map(({ location }) => location);
  expect(new Set(links).size).toBe(count);
  await untilCached(links[0] ?? "");
  return { links, urls };
}

async function untilCached(link: string): Promise<void> {
  await until("the cache serves the copy", async () => {
    const { status, headers, body } = await ask(link, { headers: { range: "bytes=0-0" } });
    await body?.cancel();
    expect(status).toBe(206);
    return headers.get("cache-status") === "snapbyte; hit; detail=edge" ? true : null;
  });
}
