import { expect } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { preload, untilReady } from "../../stack/entries.ts";
import { ask, manage, untilHit } from "../../stack/requests.ts";
import { type Got, startCrowd } from "./crowd.ts";
import { addressOf, holdersOf, putVersion } from "./holders.ts";

/** Clients that are downloading at the moment of the purge. */
const CLIENTS = 50;

/** How a purge is asked for. */
export type Call = { readonly path: string; readonly method?: string; readonly body?: unknown };

/** An object of the demo origin, whose name is the key of its copy. */
export type Purged = { readonly key: string; readonly tags?: string[] };

/**
 * One purge in the middle of fifty clients' downloads out of the cache. What they ask once it is answered leads each of
 * them to the origin, and when there is a new copy the old links still do.
 */
export async function purgeRound(stack: Stack, object: Purged, call: Call): Promise<void> {
  const { key } = object;
  await putVersion(stack, key, 1);
  const { links, urls } = await holdersOf(stack, { ...object, count: CLIENTS });
  const crowd = startCrowd(links);
  try {
    await crowd.untilEach(2);
    // What is filled from here on has other bytes.
    await putVersion(stack, key, 2);
    const answer = await manage(stack, call.path, call);
    expect([answer.status, await answer.json()]).toMatchObject([200, {}]);
    const purgedAt = performance.now();
    await crowd.untilEach(3, purgedAt);
    await expectNew(stack, object);
    const refilledAt = performance.now();
    await crowd.untilEach(2, refilledAt);
    await crowd.stop();
    expectOldBytes(crowd.got.filter(({ startedAt }) => startedAt <= purgedAt));
    expectOrigin(
      crowd.got.filter(({ startedAt }) => startedAt > purgedAt),
      urls,
    );
  } finally {
    await crowd.stop();
  }
  await manage(stack, `/cache/${encodeURIComponent(key)}`, { method: "DELETE" });
}

/**
 * The origin's object gets other bytes and the entry is filled anew, nobody purges anything. From the first moment at which
 * one old link counts no more, none does.
 */
export async function refillRound(stack: Stack, object: Purged): Promise<void> {
  const { key } = object;
  await putVersion(stack, key, 1);
  const { links, urls } = await holdersOf(stack, { ...object, count: CLIENTS });
  const crowd = startCrowd(links);
  try {
    await crowd.untilEach(2);
    await putVersion(stack, key, 2);
    await expectNew(stack, object);
    await crowd.untilEach(2, performance.now());
    const { startedAt: gone = Number.POSITIVE_INFINITY } = crowd.got.find(({ status }) => status === 302) ?? {};
    const knownAt = Math.max(gone, performance.now());
    await crowd.untilEach(2, knownAt);
    await crowd.stop();
    expectOrigin(
      crowd.got.filter(({ startedAt }) => startedAt > knownAt),
      urls,
    );
  } finally {
    await crowd.stop();
  }
}

/** A link that is made now leads to a copy of what the origin has now. */
async function expectNew(stack: Stack, { key, tags = [] }: Purged): Promise<void> {
  const url = await addressOf(stack, key, CLIENTS);
  await preload(stack, { url, hash: key, ...(tags.length > 0 && { tags }) });
  await untilReady(stack, key);
  const { location } = await untilHit(stack, url, { extra: { hash: key } });
  const range = await ask(location, { headers: { range: "bytes=7-7" } });
  expect([range.status, [...new Uint8Array(await range.arrayBuffer())]]).toEqual([206, [2]]);
}

/** Before a purge every download ends well, and nearly all of it comes out of the cache. */
function expectOldBytes(got: readonly Got[]): void {
  expect(got.length).toBeGreaterThanOrEqual(2 * CLIENTS);
  const near = got.filter(({ cacheStatus }) => cacheStatus === "snapbyte; hit; detail=edge");
  expect(near.length).toBeGreaterThan(CLIENTS);
  expect(near.filter(({ version }) => version !== 1)).toEqual([]);
}

function expectOrigin(got: readonly Got[], urls: readonly string[]): void {
  const wrong = got.filter(({ client, status, location }) => status !== 302 || location !== urls[client]);
  // As many as anybody reads.
  expect([wrong.length, wrong.slice(0, 3)]).toEqual([0, []]);
}
