import { describe, expect, it } from "vitest";
import { type Ask, resolve } from "../../src/app/resolve.ts";
import type { AccessMode, Tenant } from "../../src/core/tenant.ts";
import { presigned } from "../core/samples.ts";
import { MISS, STALE } from "./asking.ts";
import { passingWorld, STREAMING } from "./passing.ts";
import { failing, isClaimed, makeReady, makeWorld, register, reported, sourceOf, URL_A, type World } from "./world.ts";

type Changes = Partial<Omit<Ask, "source">> & { readonly url?: string; readonly key?: string };

/** A download whose bytes may pass through us, as far as the request goes. */
async function ask(world: World, { url = URL_A, key, ...changes }: Changes = {}) {
  const tenant = changes.tenant ?? STREAMING;
  const source = await sourceOf(url, key, tenant);
  const asked = { source, trusted: false, signed: null, method: "GET", requestId: "request-1" } as const;
  const passing = { passing: { range: null }, credentialed: false } as const;
  return await resolve({ ...asked, ...passing, ...changes, tenant }, world);
}

const under = (access: AccessMode): Tenant => ({ ...STREAMING, access });
/** A link to which one may add what nobody signed, and that is not sent when it is filled. */
const UNSIGNED =
  "https://storage.googleapis.com/bucket/a?GoogleAccessId=a%40b.co&Expires=1795179600&Signature=c2ln&z=1";
/** On an origin of the tenant's, from one address alone: the origin sees ours. */
const BOUND = `https://files.example.com/open/a.mp4?hdnts=ip=1.2.3.4~exp=1995208014~hmac=${"ab".repeat(16)}`;

describe("what may pass through us", () => {
  it.each(["stream", "auto"] as const)("is a first download of a tenant whose mode is %s", async (mode) => {
    const { world } = await passingWorld();
    const tenant = { ...STREAMING, fill: { ...STREAMING.fill, mode } };
    const { pass, location, cacheStatus } = await ask(world, { tenant });
    expect([location, cacheStatus, pass?.range]).toEqual([URL_A, MISS, null]);
    expect([world.queue.messages, world.origin.calls]).toEqual([[], []]);
  });

  it("is nothing of which we would keep another URL than the client gave: that is sent on, and filled from the queue", async () => {
    const { world } = await passingWorld();
    const { pass } = await ask(world, { url: UNSIGNED });
    await world.settled();
    expect([pass, world.queue.messages.length]).toEqual([undefined, 1]);
  });
});

describe("THREATS 2: what the origin would refuse its holder never passes through us", () => {
  it.each<[string, Changes]>([
    ["has ended", { url: presigned("https://bucket.s3.amazonaws.com/a.mp4", { date: "20261119T120000Z" }) }],
    ["is not valid yet", { url: presigned("https://bucket.s3.amazonaws.com/a.mp4", { date: "20261121T120000Z" }) }],
    ["is for one address", { url: BOUND }],
    ["comes with credentials that are the origin's", { credentialed: true }],
    ["has no signature of the tenant's where only that counts", { tenant: under("signed") }],
    ["names the key of another URL's entry", { key: "url-5Xd0op7tPueTJUhNJ-j4y3O2a0UKPx--88HdY9OB42s" }],
  ])("THREATS 2: one that %s is sent on, and we ask for nothing with it", async (_, changes) => {
    const { world } = await passingWorld();
    const { pass } = await ask(world, changes);
    await world.settled();
    expect([pass, world.queue.messages, world.origin.calls]).toEqual([undefined, [], []]);
  });
});

describe("a copy that the origin has another version of", () => {
  async function staleWorld() {
    const world = makeWorld();
    register(world, STREAMING);
    const source = await sourceOf(URL_A, null, STREAMING);
    await makeReady(world, source);
    world.origin.answers.set(URL_A, { status: 200, headers: { etag: '"v2"' }, body: new Uint8Array([1, 2]) });
    return { world, source };
  }

  it("is noted as such whatever comes of the bytes", async () => {
    const { world, source } = await staleWorld();
    const { pass, cacheStatus } = await ask(world);
    expect([pass !== undefined, cacheStatus]).toEqual([true, STALE]);
    await world.settled();
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "stale" });
  });

  it("and cannot be noted fails in the background, where nobody waits for it", async () => {
    const { world, source } = await staleWorld();
    const parts = { ...world, ledger: failing(world.ledger, "markStale") };
    expect((await ask(parts)).pass).toBeDefined();
    await world.settled();
    expect([reported(world), isClaimed(world, source.key)]).toEqual([["background"], false]);
  });
});
