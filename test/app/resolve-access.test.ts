import { describe, expect, it, vi } from "vitest";
import { admitLink } from "../../src/app/admit.ts";
import type { Redirect } from "../../src/app/resolve.ts";
import type { ProxyQuery } from "../../src/core/proxy-query.ts";
import type { AccessMode, Tenant } from "../../src/core/tenant.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../core/samples.ts";
import { ask, BYPASS, HIT, MISS, OPEN, probes, STALE } from "./asking.ts";
import { acme, linkQuery, s3Link, tampered } from "./proofs.ts";
import { fillAll, generationOf, HELLO, makeReady, makeWorld, sourceOf, traced, type World } from "./world.ts";

const ADDRESS = "https://bucket.s3.amazonaws.com/a.mp4";
const OTHER_ADDRESS = "https://bucket.s3.amazonaws.com/b.mp4";
const HERE = "192.0.2.7";
const NOON_SECONDS = NOON / 1000;

/** A world in which the origin answers only what it is asked with these links, and there is a copy of the first one. */
async function heldWorld(access: AccessMode, ...links: string[]) {
  const world = makeWorld();
  const tenant = await acme(world.ring, access);
  for (const link of links) world.origin.answers.set(link, HELLO);
  const [link = ""] = links;
  await makeReady(world, await sourceOf(link, null, tenant));
  world.origin.calls.splice(0);
  return { world, tenant, link };
}

/** The world, and every call that asks what we hold. */
function watched(world: World) {
  const lookUps: string[] = [];
  const index = traced("index", world.index, lookUps);
  const ledger = traced("ledger", world.ledger, lookUps);
  return { watching: { ...world, index, ledger }, lookUps };
}

/** A download by a link that Acme has signed, as the door takes it. */
async function download(
  world: World,
  tenant: Tenant,
  query: ProxyQuery,
  address = HERE,
): Promise<Omit<Redirect, "event">> {
  const signed = await admitLink(query, tenant, address, world);
  const key = query.hash === null ? {} : { key: query.hash };
  return await ask(world, { tenant, url: query.url ?? "", ...key, signed, trusted: signed?.whole === true });
}

describe("where we verify the provider's signature", () => {
  it("a link that holds gets the copy, and no origin is asked", async () => {
    const { world, tenant, link } = await heldWorld("verify", await s3Link(ADDRESS));
    expect(await ask(world, { tenant, url: link })).toMatchObject({ cacheStatus: HIT });
    expect(world.origin.calls).toEqual([]);
  });

  it("another signing of the same object gets the same copy", async () => {
    const { world, tenant } = await heldWorld("verify", await s3Link(ADDRESS));
    const again = await s3Link(ADDRESS, 600);
    const { location, cacheStatus } = await ask(world, { tenant, url: again });
    expect(cacheStatus).toBe(HIT);
    const { key } = await sourceOf(again, null, tenant);
    expect(location).toContain(await generationOf(world, key));
    expect(location).toContain(`until=${NOON + 10 * MINUTE}&`);
    expect(world.origin.calls).toEqual([]);
  });

  it("a link that holds, of what we do not have, is filled behind its holder's back", async () => {
    const world = makeWorld();
    const tenant = await acme(world.ring, "verify");
    const link = await s3Link(ADDRESS);
    expect(await ask(world, { tenant, url: link })).toEqual({ location: link, cacheStatus: MISS });
    expect(world.queue.messages).toHaveLength(1);
  });

  it.each([
    ["was changed", async () => tampered(await s3Link(ADDRESS))],
    ["was made for another object", async () => (await s3Link(OTHER_ADDRESS)).replace("/b.mp4", "/a.mp4")],
  ])(
    "THREATS 23: a link that %s is sent on as a miss, and nothing is looked up or filled, held or not",
    async (_, forge) => {
      const link = await forge();
      for (const held of [true, false]) {
        const { world, tenant } = await heldWorld("verify", await s3Link(held ? ADDRESS : OTHER_ADDRESS));
        const { watching, lookUps } = watched(world);
        for (const trusted of [false, true]) {
          expect(await ask(watching, { tenant, url: link, trusted })).toEqual({ location: link, cacheStatus: MISS });
        }
        expect(lookUps).toEqual([]);
        expect(world.origin.calls).toEqual([]);
        expect(world.queue.messages).toEqual([]);
        expect(world.usage.of("hit")).toEqual([]);
      }
    },
  );

  it("a link that has ended goes past us, held or not", async () => {
    const { world, tenant, link } = await heldWorld("verify", await s3Link(ADDRESS));
    world.clock.advance(HOUR);
    const { watching, lookUps } = watched(world);
    expect(await ask(watching, { tenant, url: link })).toEqual({ location: link, cacheStatus: BYPASS });
    expect(lookUps).toEqual([]);
  });

  it("a link that we cannot judge is asked of the origin", async () => {
    const { world, tenant, link } = await heldWorld("verify", await s3Link(ADDRESS));
    const unable = { ...tenant, verificationKeys: [] };
    expect(await ask(world, { tenant: unable, url: link })).toMatchObject({ cacheStatus: HIT });
    expect(probes(world)).toBe(1);
    const forged = tampered(link);
    world.origin.answers.set(forged, { status: 403 });
    expect(await ask(world, { tenant: unable, url: forged })).toEqual({ location: forged, cacheStatus: MISS });
  });

  it("a copy that the origin is known to have changed is not handed over, and is made anew", async () => {
    const { world, tenant, link } = await heldWorld("verify", await s3Link(ADDRESS));
    const { key } = await sourceOf(link, null, tenant);
    await world.ledger.markStale(key, await generationOf(world, key), NOON);
    world.index.entries.clear();
    expect(await ask(world, { tenant, url: link })).toEqual({ location: link, cacheStatus: STALE });
    expect(world.queue.messages).toHaveLength(1);
  });

  it("a link shows the copy as its signer wants it shown, and the next link as it is", async () => {
    const shown = await s3Link(`${ADDRESS}?response-content-type=text%2Fcsv&response-content-disposition=inline`);
    const { world, tenant, link } = await heldWorld("verify", await s3Link(ADDRESS), shown);
    const sign = vi.spyOn(world.links.edge, "sign");
    const presentation = { contentType: "text/csv", contentDisposition: "inline", contentLanguage: null };
    expect(await ask(world, { tenant, url: shown })).toMatchObject({ cacheStatus: HIT });
    expect(sign.mock.lastCall?.[0]).toMatchObject({ presentation, originUrl: shown });
    expect(await ask(world, { tenant, url: link })).toMatchObject({ cacheStatus: HIT });
    expect(sign.mock.lastCall?.[0]).toMatchObject({ presentation: null });
    expect(world.origin.calls).toEqual([]);
  });
});

describe("where the origin is asked", () => {
  it("a link shows the copy as its signer wants it shown once the origin has accepted it", async () => {
    const shown = await s3Link(`${ADDRESS}?response-content-type=text%2Fcsv`);
    const { world, tenant } = await heldWorld("probe", await s3Link(ADDRESS), shown);
    const sign = vi.spyOn(world.links.edge, "sign");
    expect(await ask(world, { tenant, url: shown })).toMatchObject({ cacheStatus: HIT });
    expect(sign.mock.lastCall?.[0]).toMatchObject({ presentation: { contentType: "text/csv" } });
    expect(probes(world)).toBe(1);
  });
});

describe("where the tenant wants links of its own", () => {
  it("one to the URL gets the copy, and no origin is asked", async () => {
    const { world, tenant, link } = await heldWorld("signed", await s3Link(ADDRESS));
    expect(await download(world, tenant, await linkQuery({ url: link }))).toMatchObject({ cacheStatus: HIT });
    expect(world.origin.calls).toEqual([]);
  });

  it("THREATS 23: a URL without one is sent on as a miss, and nothing is looked up or filled, held or not", async () => {
    for (const held of [true, false]) {
      const { world, tenant } = await heldWorld("signed", await s3Link(held ? ADDRESS : OTHER_ADDRESS));
      const { watching, lookUps } = watched(world);
      for (const url of [await s3Link(ADDRESS), ADDRESS]) {
        expect(await ask(watching, { tenant, url })).toEqual({ location: url, cacheStatus: MISS });
        expect(await ask(watching, { tenant, url, key: "movie" })).toEqual({ location: url, cacheStatus: MISS });
      }
      expect(lookUps).toEqual([]);
      expect(world.origin.calls).toEqual([]);
      expect(world.queue.messages).toEqual([]);
    }
  });

  it("one to a URL that has ended goes past us", async () => {
    const { world, tenant, link } = await heldWorld("signed", await s3Link(ADDRESS, 60));
    world.clock.advance(MINUTE);
    expect(await download(world, tenant, await linkQuery({ url: link }))).toEqual({
      location: link,
      cacheStatus: BYPASS,
    });
  });

  it("the copy's address ends no later than the link that stands for it", async () => {
    const { world, tenant, link } = await heldWorld("signed", await s3Link(ADDRESS));
    const sign = vi.spyOn(world.links.edge, "sign");
    await download(world, tenant, await linkQuery({ url: link, exp: NOON_SECONDS + 60 }));
    expect(sign.mock.lastCall?.[0].expiresAt).toBeLessThanOrEqual(NOON + MINUTE);
  });

  it("one to the URL under a key binds the key anew", async () => {
    const other = await s3Link(OTHER_ADDRESS);
    const { world, tenant, link } = await heldWorld("signed", await s3Link(ADDRESS), other);
    await makeReady(world, await sourceOf(link, "movie", tenant), { trusted: true });
    world.clock.advance(SECOND);
    const query = await linkQuery({ url: other, hash: "movie" });
    expect(await download(world, tenant, query)).toEqual({ location: other, cacheStatus: MISS });
    expect(world.queue.messages).toMatchObject([{ publicKey: "movie", trusted: true }]);
    await fillAll(world);
    expect(await download(world, tenant, query)).toMatchObject({ cacheStatus: HIT });
  });

  it("one that is bound to a network gets an address of ours for that network, whatever the delivery", async () => {
    const { world, tenant, link } = await heldWorld("signed", await s3Link(ADDRESS));
    const sign = vi.spyOn(world.links.edge, "sign");
    const presigning = { ...tenant, delivery: "presigned" } as const;
    const bound = await linkQuery({ url: link, ip: "192.0.2.0/24" });
    expect((await download(world, presigning, bound)).location).toMatch(/^https:\/\/edge\.test\//);
    expect(sign.mock.lastCall?.[0]).toMatchObject({ network: "192.0.2.0/24" });
    const free = await download(world, presigning, await linkQuery({ url: link }));
    expect(free.location).toMatch(/^https:\/\/store\.test\//);
  });

  it("one that shows a copy otherwise needs a signature for that: ours on the whole link is enough", async () => {
    const shown = await s3Link(`${ADDRESS}?response-content-type=text%2Fcsv`);
    const { world, tenant } = await heldWorld("signed", await s3Link(ADDRESS));
    const sign = vi.spyOn(world.links.edge, "sign");
    expect(await download(world, tenant, await linkQuery({ url: shown }))).toMatchObject({ cacheStatus: HIT });
    expect(sign.mock.lastCall?.[0]).toMatchObject({ presentation: { contentType: "text/csv" } });
  });
});

describe("a link to all keys below one", () => {
  const PREFIX = { scope: "movies/*", hash: "movies/a" } as const;

  async function movieWorld() {
    const other = await s3Link(OTHER_ADDRESS);
    const made = await heldWorld("signed", await s3Link(ADDRESS), other);
    await makeReady(made.world, await sourceOf(made.link, "movies/a", made.tenant), { trusted: true });
    made.world.origin.calls.splice(0);
    return { ...made, other };
  }

  it("gets the copy of the object that the key names, and no origin is asked", async () => {
    const { world, tenant, link } = await movieWorld();
    expect(await download(world, tenant, await linkQuery({ ...PREFIX, url: link }))).toMatchObject({
      cacheStatus: HIT,
    });
    expect(world.origin.calls).toEqual([]);
  });

  it("binds no key to another object: the URL is its holder's word, and no signer's", async () => {
    const { world, tenant, link, other } = await movieWorld();
    expect(await download(world, tenant, await linkQuery({ ...PREFIX, url: other }))).toEqual({
      location: other,
      cacheStatus: MISS,
    });
    expect(world.queue.messages).toEqual([]);
    expect(await download(world, tenant, await linkQuery({ ...PREFIX, url: link }))).toMatchObject({
      cacheStatus: HIT,
    });
  });

  it("has a key filled that nobody holds, as a stranger would", async () => {
    const { world, tenant, other } = await movieWorld();
    const query = { ...(await linkQuery({ ...PREFIX, url: other })), hash: "movies/b" };
    expect(await download(world, tenant, query)).toEqual({ location: other, cacheStatus: MISS });
    expect(world.queue.messages).toMatchObject([{ publicKey: "movies/b", trusted: false }]);
  });

  it("shows no copy as its holder likes: no signature that anybody checked covers the URL", async () => {
    const { world, tenant, link } = await movieWorld();
    const sign = vi.spyOn(world.links.edge, "sign");
    const shown = tampered(link.replace("?", "?response-content-type=text%2Fhtml&"));
    expect(await download(world, tenant, await linkQuery({ ...PREFIX, url: shown }))).toMatchObject({
      cacheStatus: HIT,
    });
    expect(sign.mock.lastCall?.[0]).toMatchObject({ presentation: null });
  });

  it("under probe still needs the origin's word", async () => {
    const { world, tenant, link } = await movieWorld();
    const probing = { ...tenant, access: "probe" } as const;
    const forged = tampered(link);
    world.origin.answers.set(forged, { status: 403 });
    const query = await linkQuery({ ...PREFIX, url: forged });
    expect(await download(world, probing, query)).toEqual({ location: forged, cacheStatus: MISS });
  });
});

describe("where the origin is public", () => {
  it("a URL gets the copy, and no origin is asked", async () => {
    const { world, tenant } = await heldWorld("probe", OPEN);
    expect(await ask(world, { tenant, url: OPEN })).toMatchObject({ cacheStatus: HIT });
    expect(world.origin.calls).toEqual([]);
  });

  it("what we only guess to be a credential must be the origin's word, too: it may select the bytes there", async () => {
    const guessed = `${OPEN}?token=${"a".repeat(43)}&expires=${NOON_SECONDS + 3600}`;
    const other = guessed.replace("token=a", "token=b");
    const { world, tenant } = await heldWorld("probe", guessed);
    world.origin.answers.set(other, { status: 403 });
    expect(await ask(world, { tenant, url: guessed })).toMatchObject({ cacheStatus: HIT });
    expect(probes(world)).toBe(1);
    expect(await ask(world, { tenant, url: other })).toEqual({ location: other, cacheStatus: MISS });
  });

  it("a URL that anybody made up shows no copy otherwise", async () => {
    const { world, tenant } = await heldWorld("public", await s3Link(ADDRESS));
    const sign = vi.spyOn(world.links.edge, "sign");
    const html = tampered(await s3Link(`${ADDRESS}?response-content-type=text%2Fhtml`));
    expect(await ask(world, { tenant, url: html })).toMatchObject({ cacheStatus: HIT });
    expect(sign.mock.lastCall?.[0]).toMatchObject({ presentation: null });
    const saved = tampered(await s3Link(`${ADDRESS}?response-content-disposition=attachment`));
    await ask(world, { tenant, url: saved });
    expect(sign.mock.lastCall?.[0]).toMatchObject({ presentation: { contentDisposition: "attachment" } });
  });
});
