import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admitLink } from "../../src/app/admit.ts";
import { resolveKey } from "../../src/app/resolve-key.ts";
import { ACCESS_MODES } from "../../src/core/tenant.ts";
import { tenantId } from "../core/samples.ts";
import { HIT, MISS } from "./asking.ts";
import { foreignMaterial } from "./foreign-material.ts";
import { download, holdingWorld, pretendCopy, ruleFor, signedQuery, sourceAt, tenantAt } from "./holding.ts";
import { LINK_KEY, linkQuery, sealedLinkKey, sealedMaterial } from "./proofs.ts";
import { PLAIN } from "./signing.ts";
import { SIGNING_SCHEMES } from "./signing-schemes.ts";
import { KEYS, type Move, ownersIn, play, tokenWorld, twoTenants, URLS } from "./two-tenants.ts";
import { nameWhatIsLeftOut, VECTOR_LINKS } from "./vector-links.ts";
import { HELLO, makeReady, register, type World } from "./world.ts";

// Issue 3: two tenants never share an entry, token, verdict or alias.

nameWhatIsLeftOut();

const GLOBEX = tenantId("globex");

/** Acme, and another who allows the same host in the same mode. */
async function neighbours(world: World, url: string, access: "probe" | "verify" = "probe") {
  const acme = await tenantAt(world, [ruleFor(url)], access);
  return [acme, { ...acme, id: GLOBEX, site: "globex-site", linkKeys: [] }] as const;
}

const fields = {
  who: fc.constantFrom(0 as const, 1 as const),
  url: fc.nat(URLS.length - 1),
  key: fc.constantFrom(0, 0, ...KEYS.keys()),
  caller: fc.constantFrom(
    "stranger" as const,
    "stranger" as const,
    "known" as const,
    "own link" as const,
    "other's link" as const,
  ),
};
const what = fc.constantFrom(
  "ask" as const,
  "ask" as const,
  "ask by key" as const,
  "preload" as const,
  "purge" as const,
  "fill" as const,
  "wait" as const,
);
const FILL: Move = { who: 0, what: "fill", url: 0, key: 0, caller: "known" };

/** Some copies that are wanted and made, and then anything. */
const story: fc.Arbitrary<Move[]> = fc
  .tuple(
    fc.array(fc.record({ ...fields, what: fc.constant("preload" as const) }), { minLength: 4, maxLength: 12 }),
    fc.array(fc.record({ ...fields, what }), { minLength: 10, maxLength: 40 }),
  )
  .map(([wanted, moves]) => [...wanted, FILL, ...moves]);

describe("two tenants, whatever they do in which order", () => {
  it("each get what they would get alone: bytes, answers, errors and the origin's time", async () => {
    const mode = fc.constantFrom("probe" as const, ...ACCESS_MODES);
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(mode, mode, story, async (one, other, moves) => {
        const tenants = await twoTenants([one, other]);
        const alone = (me: 0 | 1) => moves.filter(({ who, what }) => who === me || what === "fill" || what === "wait");
        for (const me of [0, 1] as const) {
          const outcomes = await play(tokenWorld(), tenants, moves, me);
          expect(outcomes).toEqual(await play(tokenWorld(), tenants, alone(me), me));
          for (const outcome of outcomes) seen.add(outcome.replace(/ https:[^,]+/, ""));
        }
      }),
      { numRuns: 150, seed: 3 },
    );
    // Or else it has shown nothing.
    for (const sight of ["ask: snapbyte; hit /a.mp4, 1 asked", "ask: snapbyte; hit /a.mp4, 0 asked"]) {
      expect(seen).toContain(sight);
    }
    for (const sight of ["ask by key: snapbyte; hit /b.mp4, 0 asked", "ask: LINK_SIGNATURE_INVALID, 0 asked"]) {
      expect(seen).toContain(sight);
    }
  }, 60_000);

  it("leave nothing in any store that is of both, or of nobody", async () => {
    await fc.assert(
      fc.asyncProperty(story, async (moves) => {
        const world = tokenWorld();
        await play(world, await twoTenants(["probe", "public"]), moves, 0);
        const movers = new Set<string | undefined>(moves.map(({ who }) => ["acme", GLOBEX][who]));
        for (const owner of ownersIn(world)) expect(movers).toContain(owner);
      }),
      { numRuns: 20, seed: 3 },
    );
  });
});

describe("over all vectors, a tenant", () => {
  const storable = VECTOR_LINKS.filter((link) => link.storable);

  it.each(storable)("has neither the copy nor the yes that another has of $id", async ({ url, alive }) => {
    const world = await holdingWorld(url, alive);
    const [acme, globex] = await neighbours(world, url);
    expect(await download(world, acme, url)).toMatchObject({ cacheStatus: HIT, probes: 1 });
    expect(await download(world, globex, url)).toMatchObject({
      location: expect.any(String),
      cacheStatus: MISS,
      hit: false,
    });
    await pretendCopy(world, await sourceAt(globex, url));
    // The other's yes may be remembered; this one's origin is asked all the same, and may say no.
    world.origin.answers.set(url, { status: 403 });
    expect(await download(world, globex, url)).toMatchObject({ hit: false, probes: 1 });
    world.origin.answers.set(url, HELLO);
  });
});

describe("a tenant's own key", () => {
  it("means nothing to another, whatever it is", async () => {
    const url = VECTOR_LINKS[0]?.url ?? "";
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), async (key) => {
        const world = await holdingWorld(url);
        world.origin.answers.set(url, HELLO);
        const [acme, globex] = await neighbours(world, url);
        await makeReady(world, await sourceAt(acme, url, key), { trusted: true });
        const asked = { key, trusted: true, signed: null, method: "GET" } as const;
        expect(await resolveKey({ ...asked, tenant: acme }, false, world)).toMatchObject({ cacheStatus: HIT });
        await expect(resolveKey({ ...asked, tenant: globex }, false, world)).rejects.toMatchObject({
          code: "NOT_FOUND",
        });
        const [theirs, ours] = [await sourceAt(globex, url, key), await sourceAt(acme, url, key)];
        expect(theirs.key.tenant).not.toBe(ours.key.tenant);
        expect(world.ledger.rows.has(`${GLOBEX}/${theirs.key.id}`)).toBe(false);
      }),
      { numRuns: 100, seed: 3 },
    );
  });
});

describe("a link that one tenant signed", () => {
  const { url, alive } = VECTOR_LINKS[0] ?? expect.fail("there is no vector");
  const link = fc.record({
    hash: fc.option(fc.stringMatching(/^[a-z/]{1,12}$/)),
    url: fc.constantFrom(...VECTOR_LINKS.map((vector) => vector.url)),
  });

  it("is none of another's: not by the same key id, nor by the same key", async () => {
    const world = await holdingWorld(url);
    const [acme, globex] = await neighbours(world, url);
    const same = { ...globex, linkKeys: [await sealedLinkKey(world.ring, LINK_KEY, "k1", GLOBEX)] };
    const own = { ...globex, linkKeys: [await sealedLinkKey(world.ring, `${LINK_KEY}x`, "k1", GLOBEX)] };
    await fc.assert(
      fc.asyncProperty(link, async (parts) => {
        const query = await linkQuery(parts);
        expect(await admitLink(query, acme, null, world)).toMatchObject({ whole: true });
        for (const [tenant, code] of [
          [same, "LINK_SIGNATURE_INVALID"],
          [own, "LINK_SIGNATURE_INVALID"],
          [globex, "LINK_KEY_UNKNOWN"],
        ] as const) {
          await expect(admitLink(query, tenant, null, world)).rejects.toMatchObject({ code });
        }
      }),
      { numRuns: 50, seed: 3 },
    );
  });

  it("is none where another has its sealed key among theirs", async () => {
    const world = await holdingWorld(url, alive);
    const [acme, globex] = await neighbours(world, url);
    const thief = { ...globex, site: acme.site, access: "signed", linkKeys: acme.linkKeys } as const;
    await pretendCopy(world, await sourceAt(thief, url));
    const answer = await download(world, thief, url, await signedQuery(world, url));
    expect(answer).toMatchObject({ location: url, cacheStatus: MISS, hit: false });
  });
});

describe("what one tenant registered to verify by", () => {
  it.each(SIGNING_SCHEMES)("proves nothing to another of a link of $name", async ({ material, sign }) => {
    const good = await sign(PLAIN);
    const world = await holdingWorld(good);
    const owner = await tenantAt(world, [ruleFor(good)], "verify", material);
    const theirs = foreignMaterial(good);
    const own = await Promise.all(theirs.map((one, at) => sealedMaterial(world.ring, one, `material-${at}`, GLOBEX)));
    const globex = { ...owner, id: GLOBEX, verificationKeys: [] };
    expect(await download(world, owner, good)).toMatchObject({ hit: true, probes: 0 });
    world.origin.answers.set(good, { status: 403 });
    // None; their own under the same names; and what was sealed for its owner.
    for (const verificationKeys of [[], own, owner.verificationKeys]) {
      const tenant = { ...globex, verificationKeys };
      await pretendCopy(world, await sourceAt(tenant, good));
      expect(await download(world, tenant, good)).toMatchObject({ location: good, cacheStatus: MISS, hit: false });
    }
    expect(await download(world, owner, good)).toMatchObject({ hit: true, probes: 0 });
  });
});

describe("a CNAME that one tenant declared", () => {
  it("folds nothing for another", async () => {
    const [acme, globex] = await twoTenants(["probe", "probe"]);
    const [direct = "", , named = ""] = URLS;
    const world = tokenWorld();
    for (const tenant of [acme, globex]) register(world, tenant);
    await makeReady(world, await sourceAt(acme, direct));
    await makeReady(world, await sourceAt(globex, direct));
    expect(await download(world, acme, named)).toMatchObject({ cacheStatus: HIT, probes: 1 });
    expect(await download(world, globex, named)).toMatchObject({ location: named, cacheStatus: MISS, hit: false });
    const folded = await Promise.all([direct, named].map(async (url) => (await sourceAt(acme, url)).identity));
    const apart = await Promise.all([direct, named].map(async (url) => (await sourceAt(globex, url)).identity));
    expect(new Set(folded).size).toBe(1);
    expect(new Set(apart).size).toBe(2);
  });
});
