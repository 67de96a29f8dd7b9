import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProxyQuery } from "../../src/core/proxy-query.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { BYPASS, HIT } from "./asking.ts";
import { type Change, changesOf, credentialsOf } from "./credential-changes.ts";
import { foreignMaterial } from "./foreign-material.ts";
import { download, holdingWorld, pastUs, pretendCopy, ruleFor, signedQuery, sourceAt, tenantAt } from "./holding.ts";
import { nameWhatIsLeftOut, VECTOR_LINKS, type VectorLink } from "./vector-links.ts";
import type { World } from "./world.ts";

// Issue 3: over all vectors, removing or changing any credential never yields a hit under any mode but `public`.

nameWhatIsLeftOut();

/** Every value that a credential of this name has in a link of the same scheme. */
const VALUES = new Map<string, string[]>();
for (const { url, schemes } of VECTOR_LINKS) {
  for (const { name, value, to } of credentialsOf(url)) {
    const pool = `${schemes} ${name.toLowerCase()}`;
    VALUES.set(pool, [...new Set([...(VALUES.get(pool) ?? []), url.slice(value, to)])]);
  }
}

/** A value of another link's, chosen by `chance` in [0, 1); `undefined`: this is the only link. */
function othersValue(
  { url, schemes }: VectorLink,
  { name, value, to }: { name: string; value: number; to: number },
  chance: number,
) {
  const others = (VALUES.get(`${schemes} ${name.toLowerCase()}`) ?? []).filter((one) => one !== url.slice(value, to));
  return others[Math.floor(chance * others.length)];
}

/** All ways to ask that need a credential of the origin's, or one of the tenant's. */
type Tenants = { readonly probing: Tenant; readonly bare: Tenant; readonly foreign: Tenant; readonly signing: Tenant };

async function tenantsAt(world: World, url: string): Promise<Tenants> {
  const rules = [ruleFor(url)];
  return {
    probing: await tenantAt(world, rules, "probe"),
    bare: await tenantAt(world, rules, "verify"),
    foreign: await tenantAt(world, rules, "verify", foreignMaterial(url)),
    signing: await tenantAt(world, rules, "signed"),
  };
}

async function expectNoHit(world: World, tenants: Tenants, query: ProxyQuery, { what, url }: Change): Promise<void> {
  world.origin.answers.set(url, { status: 403 });
  // Were it the address of another object, then of one that we hold too.
  await pretendCopy(world, await sourceAt(tenants.probing, url));
  for (const tenant of Object.values(tenants)) {
    expect({ what, url, ...(await download(world, tenant, url)) }).toMatchObject(pastUs(url));
  }
  const bySignature = download(world, tenants.signing, url, query);
  await expect(bySignature).rejects.toMatchObject({ code: "LINK_SIGNATURE_INVALID" });
}

/**
 * Made for a service of the suite's own, or with a signature that was scrambled into no base64: no store takes it, and
 * `verify` may say so without a key.
 */
function isForNoStore(url: string): boolean {
  return /%2Fservice%2Faws4_request/i.test(url) || (/GoogleAccessId=/.test(url) && !isBase64(url));
}

function isBase64(url: string): boolean {
  return (new URL(url).searchParams.get("Signature") ?? "").length % 4 === 0;
}

describe("a link of a provider's, as it was made", () => {
  it.each(VECTOR_LINKS)("$id gets the copy by the origin's word, or is bypassed", async ({ url, storable, alive }) => {
    for (const access of ["probing", "bare"] as const) {
      if (access === "bare" && isForNoStore(url)) continue;
      const world = await holdingWorld(url, alive);
      const outcome = await download(world, (await tenantsAt(world, url))[access], url);
      const past = { ...pastUs(url), cacheStatus: BYPASS, probes: 0 };
      expect(outcome).toMatchObject(storable ? { hit: true, cacheStatus: HIT, probes: 1 } : past);
    }
  });

  it.each(VECTOR_LINKS)("$id never gets it by the word of a key that is not its signer's", async ({ url, alive }) => {
    const world = await holdingWorld(url, alive);
    const { foreign } = await tenantsAt(world, url);
    const { hit, probes } = await download(world, foreign, url);
    expect(probes).toBe(hit ? 1 : 0);
  });

  it.each(VECTOR_LINKS)("$id gets it under signed by the tenant's signature alone", async (link) => {
    const { url, storable, alive } = link;
    const world = await holdingWorld(url, alive);
    const { signing } = await tenantsAt(world, url);
    expect(await download(world, signing, url)).toMatchObject(pastUs(url));
    expect(await download(world, signing, url, await signedQuery(world, url))).toMatchObject({ hit: storable });
    expect(world.origin.calls).toEqual([]);
  });
});

describe("a link of a provider's with a credential removed or changed", () => {
  const signed = VECTOR_LINKS.filter(({ url }) => credentialsOf(url).length > 0);

  it("is tried for every scheme that a vector has", () => {
    expect(new Set(signed.flatMap(({ schemes }) => schemes)).size).toBeGreaterThanOrEqual(13);
  });

  it.each(signed)("$id gets no copy under probe, verify and signed, whatever we hold", async (link) => {
    const { url, alive } = link;
    const world = await holdingWorld(url, alive);
    const tenants = await tenantsAt(world, url);
    const query = await signedQuery(world, url);
    // The origin's yes to the good one is remembered.
    await download(world, tenants.probing, url);
    await download(world, tenants.signing, url, query);
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    await fc.assert(
      fc.asyncProperty(chance, chance, async (where, which) => {
        for (const credential of credentialsOf(url)) {
          const other = othersValue(link, credential, which);
          for (const change of changesOf(url, credential, where, other))
            await expectNoHit(world, tenants, query, change);
        }
      }),
      { numRuns: 2, seed: 3 },
    );
    expect(world.queue.messages).toEqual([]);
  });
});
