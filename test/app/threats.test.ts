import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admitLink } from "../../src/app/admit.ts";
import { fill } from "../../src/app/fill.ts";
import { resolveKey } from "../../src/app/resolve-key.ts";
import { foldPercentEncoding } from "../../src/core/origin-url/percent-encoding.ts";
import { ACCESS_MODES, type AccessMode, type Tenant } from "../../src/core/tenant.ts";
import { HOUR, MINUTE } from "../core/samples.ts";
import type { OriginScript } from "../fakes/origin.ts";
import { ask, BYPASS, HIT, MISS } from "./asking.ts";
import { acme, IN_AN_HOUR, linkQuery, s3Link, tampered } from "./proofs.ts";
import { DONE } from "./wanted.ts";
import {
  ACME,
  fillAll,
  HELLO,
  makeReady,
  makeWorld,
  onlyMessage,
  sourceOf,
  tracesOf,
  URL_A,
  URL_B,
  utf8,
  type World,
  want,
} from "./world.ts";

// The rows of THREATS that concern request, key, token or secret, played against the app with every part faked.

const ADDRESS = "https://bucket.s3.amazonaws.com/a.mp4";
const REFUSED: OriginScript = { status: 403 };

/** The bytes behind a hit, by the entry and generation that the fakes write into its address. */
function bytesAt(world: World, location: string): string {
  const [, object = ""] = /^https:\/\/edge\.test\/([^/]+\/[^/]+\/[^/]+)\//.exec(location) ?? [];
  return new TextDecoder().decode(world.store.objects.get(object)?.bytes ?? utf8("nothing"));
}

describe("THREATS 1: a key that a client chooses poisons nothing", () => {
  it("THREATS 1: a stranger with another object under a bound key changes nothing of it", async () => {
    const world = makeWorld();
    await makeReady(world, await sourceOf(URL_A, "movie"));
    expect(await ask(world, { key: "movie", url: URL_B })).toEqual({ location: URL_B, cacheStatus: MISS });
    expect(world.queue.messages).toEqual([]);
    const { location } = await ask(world, { key: "movie" });
    expect(bytesAt(world, location)).toBe("hello");
  });

  it("THREATS 1: a stranger's message that was sent before anybody knew of the key changes nothing either", async () => {
    const world = makeWorld();
    await want(await sourceOf(URL_B, "movie"), world);
    const theirs = onlyMessage(world);
    world.clock.advance(15 * MINUTE);
    await makeReady(world, await sourceOf(URL_A, "movie"), { trusted: true });
    expect(await fill(theirs, 1, world)).toEqual(DONE);
    expect(bytesAt(world, (await ask(world, { key: "movie" })).location)).toBe("hello");
  });

  it("THREATS 1: nobody gets another object's bytes by naming its key, whatever the access", async () => {
    for (const access of ["probe", "public"] as const) {
      const world = makeWorld();
      const tenant: Tenant = { ...ACME, access };
      await makeReady(world, await sourceOf(URL_A, "movie", tenant), { trusted: true });
      expect(await ask(world, { key: "movie", url: URL_B, tenant })).toEqual({ location: URL_B, cacheStatus: MISS });
    }
  });

  it.each(["known", "unknown"])(
    "THREATS 1: bytes that are not those of a SHA-256 key are served to nobody: caller %s",
    async (who) => {
      const world = makeWorld();
      const digest = createHash("sha256").update("what was promised").digest("hex");
      const source = await sourceOf(URL_A, digest);
      await want(source, world, { trusted: who === "known" });
      await fillAll(world);
      expect(tracesOf(world, source.key)).toEqual([]);
      expect(world.store.objects.size).toBe(0);
      const asked = { tenant: ACME, key: digest, trusted: true, signed: null, method: "GET" } as const;
      await expect(resolveKey(asked, false, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    },
  );

  it("THREATS 1: the key of another URL's entry is taken from nobody", async () => {
    const world = makeWorld();
    const { publicKey } = await makeReady(world, await sourceOf(URL_A));
    for (const trusted of [false, true]) {
      const answer = await ask(world, { key: publicKey, url: URL_B, trusted });
      expect(answer).toEqual({ location: URL_B, cacheStatus: BYPASS });
    }
    expect(world.queue.messages).toEqual([]);
  });
});

describe("THREATS 2: a bad or expired signature opens no copy", () => {
  async function heldWorld(access: AccessMode) {
    const world = makeWorld();
    const tenant = await acme(world.ring, access);
    const good = await s3Link(ADDRESS);
    world.origin.answers.set(good, HELLO);
    await makeReady(world, await sourceOf(good, null, tenant));
    return { world, tenant, good };
  }

  it.each(ACCESS_MODES)(
    "THREATS 2: an expired one under %s goes to the origin, and not even that is asked",
    async (access) => {
      const { world, tenant, good } = await heldWorld(access);
      world.origin.calls.splice(0);
      world.clock.advance(HOUR);
      const signed = await admitLink(await linkQuery({ url: good, exp: IN_AN_HOUR + 60 }), tenant, null, world);
      expect(await ask(world, { tenant, url: good, signed, trusted: true })).toEqual({
        location: good,
        cacheStatus: BYPASS,
      });
      expect(world.origin.calls).toEqual([]);
    },
  );

  it.each(["probe", "verify", "signed"] as const)(
    "THREATS 2: a bad one under %s goes to the origin",
    async (access) => {
      const { world, tenant, good } = await heldWorld(access);
      const bad = tampered(good);
      world.origin.answers.set(bad, REFUSED);
      for (const trusted of [false, true]) {
        expect(await ask(world, { tenant, url: bad, trusted })).toEqual({ location: bad, cacheStatus: MISS });
      }
      expect(world.queue.messages).toEqual([]);
    },
  );

  it("THREATS 2: a yes ends with the URL that it was given to", async () => {
    const { world, tenant } = await heldWorld("probe");
    const short = await s3Link(ADDRESS, 60);
    world.origin.answers.set(short, HELLO);
    expect(await ask(world, { tenant, url: short })).toMatchObject({ cacheStatus: HIT });
    world.clock.advance(MINUTE);
    expect(await ask(world, { tenant, url: short })).toEqual({ location: short, cacheStatus: BYPASS });
  });

  it("THREATS 2: a yes that was withdrawn is believed for five minutes and no longer", async () => {
    const { world, tenant, good } = await heldWorld("probe");
    expect(await ask(world, { tenant, url: good })).toMatchObject({ cacheStatus: HIT });
    world.origin.answers.set(good, REFUSED);
    world.clock.advance(5 * MINUTE);
    expect(await ask(world, { tenant, url: good })).toEqual({ location: good, cacheStatus: MISS });
  });
});

describe("THREATS 3: without a credential there is no hit", () => {
  it.each(["probe", "verify", "signed"] as const)(
    "THREATS 3: not with any one parameter taken away, under %s",
    async (access) => {
      const world = makeWorld();
      const tenant = await acme(world.ring, access);
      const good = await s3Link(ADDRESS);
      world.origin.answers.set(good, HELLO);
      await makeReady(world, await sourceOf(good, null, tenant));
      const [address = "", query = ""] = good.split("?");
      const parameters = query.split("&");
      expect(parameters.length).toBeGreaterThan(5);
      const less = parameters.map((gone) => `${address}?${parameters.filter((one) => one !== gone).join("&")}`);
      for (const url of [...less, `${address}?`, address, `${address}?${query.toLowerCase()}`]) {
        world.origin.answers.set(url, REFUSED);
        const { location, cacheStatus } = await ask(world, { tenant, url });
        expect({ url, location, hit: cacheStatus === HIT }).toEqual({ url, location: url, hit: false });
      }
    },
  );

  it.each(["probe", "verify", "signed"] as const)("THREATS 3: not with any one changed, under %s", async (access) => {
    const world = makeWorld();
    const tenant = await acme(world.ring, access);
    const good = await s3Link(ADDRESS);
    world.origin.answers.set(good, HELLO);
    await makeReady(world, await sourceOf(good, null, tenant));
    const start = good.indexOf("?") + 1;
    const place = fc.nat(good.length - start - 1).map((offset) => start + offset);
    const letter = fc.constantFrom(..."abcdefABCDEF0123456789%&=+/");
    await fc.assert(
      fc.asyncProperty(place, letter, async (at, other) => {
        const url = good.slice(0, at) + other + good.slice(at + 1);
        // What is only spelt otherwise is the same link.
        fc.pre(foldPercentEncoding(url) !== foldPercentEncoding(good));
        expect((await ask(world, { tenant, url })).location).toBe(url);
      }),
    );
  });
});
