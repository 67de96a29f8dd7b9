import type { z } from "zod";
import { entryBody, entryPage } from "../../../src/api/schemas/entry.ts";
import type { preloadItem } from "../../../src/api/schemas/preload.ts";
import type { Stack } from "../../../src/dev/stack.ts";
import { manage } from "./requests.ts";
import { noteSignaturesOf } from "./signatures.ts";
import { until } from "./until.ts";

export type Entry = z.infer<typeof entryBody>;
type Status = Entry["status"];

/** Wants a copy of a URL, whose signatures are noted, and returns the key and status that the answer gives for it. */
export async function preload(
  stack: Stack,
  item: z.infer<typeof preloadItem>,
): Promise<{ key: string; status: string }> {
  noteSignaturesOf(item.url);
  const response = await manage(stack, "/preload", { body: item });
  if (response.status !== 202) throw new Error(`/preload answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as { key: string; status: string };
}

/** What the API knows of the key, or `null`. */
export async function findEntry(stack: Stack, key: string): Promise<Entry | null> {
  const response = await manage(stack, `/cache/${encodeURIComponent(key)}`);
  if (response.status === 404) return null;
  if (response.status !== 200) throw new Error(`/cache answered ${response.status}: ${await response.text()}`);
  return entryBody.parse(await response.json());
}

/** The newest entries of the demo tenant, up to a thousand. */
export async function listEntries(stack: Stack): Promise<readonly Entry[]> {
  const response = await manage(stack, "/cache?limit=1000");
  if (response.status !== 200) throw new Error(`/cache answered ${response.status}: ${await response.text()}`);
  return entryPage.parse(await response.json()).entries;
}

/** Waits until the entry has this status. */
export async function untilStatus(stack: Stack, key: string, status: Status): Promise<Entry> {
  let entry: Entry | null = null;
  const look = async () => {
    entry = await findEntry(stack, key);
    return entry?.status === status ? entry : null;
  };
  return await until(`${key} is ${status}`, look, () => JSON.stringify(entry));
}

/** Waits until there is a copy. */
export async function untilReady(stack: Stack, key: string): Promise<Entry> {
  return await untilStatus(stack, key, "ready");
}

/** Waits until there is a copy of what an origin URL names, for one that went through the proxy without a key. */
export async function untilStored(stack: Stack, url: string): Promise<Entry> {
  const [address = ""] = url.split("?");
  return await until(`${address} is stored`, async () => {
    const entries = await listEntries(stack);
    const isIt = ({ source_url, status }: Entry) => status === "ready" && source_url.split("?")[0] === address;
    return entries.find(isIt) ?? null;
  });
}
