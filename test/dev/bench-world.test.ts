import { describe, expect, it } from "vitest";
import { proxyPath } from "../../bench/load/proxy-targets.ts";
import { BUCKET, bucketLinks } from "../../bench/world/bucket-links.ts";
import { mixedWorld } from "../../bench/world/mixed-world.ts";
import { newLinkKey, signedPath, signedPaths } from "../../bench/world/proxy-links.ts";
import { hostOf, makeWorld, tenantIdOf } from "../../bench/world/world.ts";
import { identityDigest } from "../../src/core/entry-key.ts";
import { readOriginUrl } from "../../src/core/origin-url/origin-url.ts";
import { readAnswer } from "../../src/platform/cloudflare/stored-tenant.ts";

const NOW = Date.UTC(2026, 10, 21, 12);

function identityOf(text: string): string {
  const url = readOriginUrl(text);
  if (typeof url === "string") throw new Error(url);
  return url.identity;
}

describe("links of a bucket", () => {
  it("are the same each time where they are popular, and never where they are signed anew", async () => {
    const links = await bucketLinks(NOW);
    expect(links.popular("a.mp4")).toBe(links.popular("a.mp4"));
    const anew = Array.from({ length: 1000 }, () => links.anew("a.mp4"));
    expect(new Set([...anew, links.popular("a.mp4")]).size).toBe(1001);
  });

  it("all name the object, in a form that is understood, and are of the same length", async () => {
    const links = await bucketLinks(NOW);
    const all = [links.popular("a.mp4"), links.anew("a.mp4"), links.anew("a.mp4")];
    expect(new Set(all.map(identityOf)).size).toBe(1);
    expect(new Set(all.map((link) => link.length)).size).toBe(1);
    expect(identityOf(links.anew("b.mp4"))).not.toBe(identityOf(links.anew("a.mp4")));
    for (const link of all) {
      expect(link.startsWith(`${BUCKET}/a.mp4?`)).toBe(true);
      expect(link).toMatch(/X-Amz-Date=20261121T|X-Amz-Date=20261120T/);
      expect(link).toMatch(/X-Amz-Signature=[0-9a-f]{64}&/);
    }
  });

  it("are good for days yet", async () => {
    const links = await bucketLinks(NOW);
    const url = readOriginUrl(Array.from({ length: 100 }, () => links.anew("a.mp4")).at(-1) ?? "");
    expect(typeof url === "object" && url.expiresAt).toBeGreaterThan(NOW + 5 * 24 * 3_600_000);
  });
});

describe("links that a tenant signs", () => {
  it("are paths of /proxy, and each of many ends at another second", async () => {
    const key = newLinkKey();
    const url = "https://media.example.com/a.mp4";
    const paths = await signedPaths(url, "signed", key, 3);
    expect(new Set(paths).size).toBe(3);
    for (const path of [...paths, await signedPath(url, "signed", key)]) {
      expect(path.startsWith(proxyPath(url))).toBe(true);
      expect(path).toMatch(/&site=signed&exp=\d+&kid=bench001&sig=/);
    }
  });
});

describe("a world", () => {
  const tenants = {
    public: { access: "public" },
    presigned: { access: "public", delivery: "presigned" },
    empty: { access: "probe", empty: true },
  } as const;

  it("has its tenants in KV under their hosts, and the first one as the deployment's own", async () => {
    const { kv, vars } = await makeWorld({ tenants, origins: [BUCKET] });
    expect(Object.keys(kv)).toHaveLength(4);
    expect(kv["tenant:site:public"]).toBe(kv["tenant:host:public.invalid"]);
    expect(vars.DEFAULT_TENANT).toBe("public");
    for (const [site, wish] of Object.entries(tenants)) {
      const tenant = readAnswer(kv[`tenant:host:${hostOf(site)}`] ?? "")?.tenant;
      expect(tenant).toMatchObject({ id: tenantIdOf(site), site, access: wish.access });
      expect(tenant?.delivery).toBe("delivery" in wish ? wish.delivery : "edge");
    }
  });

  it("has an entry of every object for tenants that are not empty, bound to what its id names", async () => {
    const { held } = await makeWorld({ tenants, origins: [BUCKET], absent: ["x"] });
    expect(held.tenants).toEqual(["tenant-public", "tenant-presigned"]);
    expect(held.ids).toEqual(["x"]);
    const { version, entry } = JSON.parse(`${held.before}someid${held.after}`);
    expect(version).toBeGreaterThan(1);
    expect(entry).toMatchObject({ state: "ready", boundTo: "someid", copy: { originEtag: '"bench"' } });
  });

  it("of a mixed load lacks the copies of what is asked for once in twenty times", async () => {
    const { world, draw } = await mixedWorld(2000, 0.05);
    const drawn = Array.from({ length: 5000 }, draw);
    const missed = drawn.filter(({ isHit }) => !isHit);
    expect(missed.length / drawn.length).toBeCloseTo(0.05, 1);
    const url = decodeURIComponent(missed[0]?.path.slice("/proxy?url=".length) ?? "");
    expect(world.held.ids).toContain(await identityDigest(identityOf(url)));
  });
});
