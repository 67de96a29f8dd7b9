import { setTimeout as sleep } from "node:timers/promises";
import type { Stack } from "../../src/dev/stack.ts";
import { ask, askProxy } from "../system/stack/requests.ts";
import { type Comparison, compareTo } from "./pattern.ts";

const HIT = /^snapbyte; hit\b/;
const PAUSE_MS = 200;

/** Asks the front door until it answers with a copy, as clients do, and returns the link to it. */
export async function untilCopy(stack: Stack, url: string, hash: string, patienceMs: number): Promise<string> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const link = await copyOf(stack, url, hash);
    if (link !== null) return link;
    await sleep(PAUSE_MS);
  }
  throw new Error(`within ${patienceMs} ms there was no copy of ${hash}`);
}

/** Asks the front door once; the link to the copy, or `null` when it sends to the origin. */
export async function copyOf(stack: Stack, url: string, hash: string): Promise<string | null> {
  const { status, location, cacheStatus } = await askProxy(stack, url, { extra: { hash } });
  if (status !== 302) throw new Error(`${hash}: the front door answered ${status}`);
  return HIT.test(cacheStatus) ? location : null;
}

/** Downloads from a link, and compares what comes with a version while it comes. */
export async function downloadAs(version: number, link: string): Promise<Comparison & { readonly status: number }> {
  const response = await ask(link);
  const comparison = compareTo(version);
  if (response.status !== 200) await response.body?.cancel();
  else for await (const bytes of response.body ?? []) comparison.add(bytes);
  return { ...comparison, status: response.status };
}

/** What is wrong with a download of `size` bytes of a version; `null`: nothing. */
export async function faultOfDownload(version: number, size: number, link: string): Promise<string | null> {
  const got = await downloadAs(version, link);
  if (got.status !== 200) return `status ${got.status}`;
  if (got.bytes() !== size) return `${got.bytes()} bytes and not ${size}`;
  return got.wrongAt() === null ? null : `wrong bytes from ${got.wrongAt()} on`;
}
