import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { keyText } from "../../src/core/entry-key.ts";
import { MINUTE, NOON } from "../core/samples.ts";
import { HIT, MISS } from "./asking.ts";
import { download, holdingWorld, pretendCopy, ruleFor, sourceAt, tenantAt } from "./holding.ts";
import { PLAIN, type Signing } from "./signing.ts";
import { SIGNING_SCHEMES, type SigningScheme } from "./signing-schemes.ts";
import { generationOf, HELLO } from "./world.ts";

// Issue 3: re-signing never changes the identity, and another object never shares it.

/** A first link whose object we hold, and a tenant that knows both keys and both buckets. */
async function heldBy({ material, sign }: SigningScheme) {
  const first = await sign(PLAIN);
  const world = await holdingWorld(first);
  const rules = [first, await sign({ ...PLAIN, bucket: "other" })].map(ruleFor);
  const tenant = await tenantAt(world, rules, "verify", material);
  return { world, tenant, first };
}

/** Alive from noon on for half an hour, whoever signed it and when. */
const anew = fc.record({
  at: fc.integer({ min: 0, max: 1799 }).map((seconds) => NOON - seconds * 1000),
  seconds: fc.integer({ min: 3600, max: 36_000 }),
  key: fc.constantFrom(0 as const, 1 as const),
});

const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
/** Another object, or other bytes of the same. A snapshot of Azure's is named by its moment. */
const elsewhere = fc.oneof(
  word.map((text) => ({ name: `dir/${text}.mp4` })),
  word.map((text) => ({ name: `dir/a.mp4/${text}` })),
  fc.constantFrom({ name: "dir/A.mp4" }, { name: "dir//a.mp4" }, { name: "a.mp4" }, { name: "dir/a.mp" }),
  fc.constant({ bucket: "other" }),
  fc
    .integer({ min: 1, max: 9999 })
    .map((at) => ({ version: `2026-11-19T11:00:00.${String(at).padStart(4, "0")}000Z` })),
);

/** As each provider writes a version. */
function inTheWordsOf({ name }: SigningScheme, signing: Signing): Signing {
  if (signing.version === null || name.startsWith("Azure")) return signing;
  return { ...signing, version: signing.version.replace(/\D/g, "").slice(-6) };
}

describe("under verify a link that was signed anew", () => {
  it.each(SIGNING_SCHEMES)("by $name gets the same copy, and no origin is asked", async (scheme) => {
    const { world, tenant, first } = await heldBy(scheme);
    const { key } = await sourceAt(tenant, first);
    const copy = await generationOf(world, key);
    await fc.assert(
      fc.asyncProperty(anew, async (signing) => {
        const link = await scheme.sign({ ...PLAIN, ...signing });
        const { location, again: _, ...answer } = await download(world, tenant, link);
        expect({ link, ...answer }).toEqual({ link, cacheStatus: HIT, hit: true, probes: 0 });
        expect(location).toContain(`/${keyText(key)}/${copy}/`);
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it.each(SIGNING_SCHEMES)("by $name without the key that we know gets it by the origin's word", async (scheme) => {
    const { world, tenant } = await heldBy(scheme);
    const link = await scheme.sign({ ...PLAIN, seconds: 7200 });
    world.origin.answers.set(link, HELLO);
    const answer = await download(world, { ...tenant, verificationKeys: [] }, link);
    expect(answer).toMatchObject({ cacheStatus: HIT, probes: 1 });
  });

  it.each(SIGNING_SCHEMES.slice(0, 1))(
    "by $name in another session gets the same copy by the origin's word",
    async (scheme) => {
      const { world, tenant } = await heldBy(scheme);
      await fc.assert(
        fc.asyncProperty(anew, fc.base64String({ minLength: 8, maxLength: 40 }), async (signing, session) => {
          const link = await scheme.sign({ ...PLAIN, ...signing, session });
          world.origin.answers.set(link, { status: 403 });
          expect(await download(world, tenant, link)).toMatchObject({ cacheStatus: MISS });
          world.clock.advance(MINUTE);
          world.origin.answers.set(link, HELLO);
          expect(await download(world, tenant, link)).toMatchObject({ cacheStatus: HIT, probes: 1 });
          world.clock.set(NOON);
        }),
        { numRuns: 40, seed: 3 },
      );
    },
  );
});

describe("under verify a link to another object", () => {
  it.each(SIGNING_SCHEMES)("of $name, signed as well, never gets this one's copy", async (scheme) => {
    const { world, tenant, first } = await heldBy(scheme);
    const { key } = await sourceAt(tenant, first);
    await fc.assert(
      fc.asyncProperty(anew, elsewhere, async (signing, other) => {
        fc.pre(!("name" in other) || other.name !== PLAIN.name);
        const link = await scheme.sign(inTheWordsOf(scheme, { ...PLAIN, ...signing, ...other }));
        world.origin.answers.set(link, HELLO);
        const miss = await download(world, tenant, link);
        expect(miss).toMatchObject({ location: link, cacheStatus: MISS, hit: false });
        const source = await sourceAt(tenant, link);
        await pretendCopy(world, source);
        const { location } = await download(world, tenant, link);
        expect(location).toContain(`/${keyText(source.key)}/`);
        expect(location).not.toContain(keyText(key));
        await world.index.remove(source.key);
      }),
      { numRuns: 40, seed: 3 },
    );
  });

  it.each([
    ["of another partition of AWS", "https://media.s3.cn-north-1.amazonaws.com.cn/dir/a.mp4"],
    ["of another store that speaks S3", "https://media.nyc3.digitaloceanspaces.com/dir/a.mp4"],
    ["of another port", "https://media.s3.amazonaws.com:8443/dir/a.mp4"],
    ["of another store altogether", "https://media.storage.googleapis.com/dir/a.mp4"],
    ["of the host that the first one's only begins with", "https://media.s3.amazonaws.com.example.com/dir/a.mp4"],
  ])("%s never gets this one's copy, though the origin serves it", async (_, address) => {
    const [scheme] = SIGNING_SCHEMES;
    if (!scheme) throw new Error("there is no scheme");
    const { world, tenant, first } = await heldBy(scheme);
    const link = first.replace("https://media.s3.amazonaws.com/dir/a.mp4", address);
    world.origin.answers.set(link, HELLO);
    for (const access of ["probe", "verify"] as const) {
      const allowing = { ...tenant, access, originRules: [ruleFor(link)], verificationKeys: [] };
      expect(await download(world, allowing, link)).toMatchObject({ location: link, cacheStatus: MISS });
    }
  });
});
