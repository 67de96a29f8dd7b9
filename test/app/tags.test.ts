import { describe, expect, it } from "vitest";
import { admitLink } from "../../src/app/admit.ts";
import { preload } from "../../src/app/preload.ts";
import { readPreloadItem } from "../../src/app/read-preload-item.ts";
import type { Source } from "../../src/app/read-source.ts";
import { resolve } from "../../src/app/resolve.ts";
import { parseManifestLine } from "../../src/core/preload/manifest-line.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import { acme, linkQuery } from "./proofs.ts";
import { ACME, fillAll, makeReady, makeWorld, onlyMessage, register, sourceOf, URL_A, type World } from "./world.ts";

/** Acme, whose rules all give this tag. */
const tagged = (...tags: string[]): Tenant => {
  return { ...ACME, originRules: ACME.originRules.map((rule) => ({ ...rule, tags })) };
};

const tagsOf = async ({ ledger }: World, { key }: Source) => (await ledger.find(key))?.tags;

async function preloaded(world: World, tags: readonly string[], tenant = ACME): Promise<Source> {
  const source = await sourceOf(URL_A, "movie", tenant);
  await preload([{ source, expiresAt: null, tags }], "request", world);
  return source;
}

describe("an entry's tags come", () => {
  it("from a preload, before its fill begins", async () => {
    const world = makeWorld();
    const source = await preloaded(world, ["sale", "v1"]);
    expect(await tagsOf(world, source)).toEqual(["sale", "v1"]);
    expect(onlyMessage(world)).toMatchObject({ tags: ["sale", "v1"] });
  });

  it("from a preload of what is there already", async () => {
    const world = makeWorld();
    await makeReady(world, await sourceOf(URL_A, "movie"));
    const source = await preloaded(world, ["late"]);
    expect(world.queue.messages).toEqual([]);
    expect(await tagsOf(world, source)).toEqual(["late"]);
  });

  it("from the origin's rule, beside those of the preload or the fill", async () => {
    const world = makeWorld();
    register(world, tagged("media"));
    const source = await preloaded(world, ["sale"], tagged("media"));
    expect(await tagsOf(world, source)).toEqual(["media", "sale"]);
    const plain = await sourceOf();
    await makeReady(world, plain);
    expect(await tagsOf(world, plain)).toEqual(["media"]);
  });

  it("from the rule as it is when the fill begins", async () => {
    const world = makeWorld();
    const source = await preloaded(world, []);
    register(world, tagged("since"));
    await fillAll(world);
    expect(await tagsOf(world, source)).toEqual(["since"]);
  });

  it("from a signed link whose download is a miss, and from no link that is not signed", async () => {
    const world = makeWorld();
    const tenant = await acme(world.ring, "signed");
    const query = await linkQuery({ url: URL_A, hash: "movie", tags: "Sale,v1" });
    const signed = await admitLink(query, tenant, null, world);
    expect(signed).toMatchObject({ whole: true, tags: ["sale", "v1"] });
    const source = await sourceOf(URL_A, "movie", tenant);
    const ask = {
      tenant,
      source,
      trusted: true,
      method: "GET",
      requestId: "r",
      credentialed: false,
      passing: null,
    } as const;
    await resolve({ ...ask, signed }, world);
    await world.settled();
    await fillAll(world);
    expect(await tagsOf(world, source)).toEqual(["sale", "v1"]);
    const other = await sourceOf(URL_A, "other");
    await resolve({ ...ask, tenant: ACME, source: other, signed: null }, world);
    await world.settled();
    await fillAll(world);
    expect(await tagsOf(world, other)).toEqual([]);
  });
});

describe("a link's tags", () => {
  it("cannot be changed, added or taken away", async () => {
    const world = makeWorld();
    const tenant = await acme(world.ring, "signed");
    const [plain, tagged] = [await linkQuery({ url: URL_A }), await linkQuery({ url: URL_A, tags: "a" })];
    for (const [query, tags] of [
      [plain, "a"],
      [tagged, "b"],
      [tagged, "A"],
      [tagged, null],
    ] as const) {
      const changed = { ...query, signature: query.signature && { ...query.signature, tags } };
      await expect(admitLink(changed, tenant, null, world)).rejects.toMatchObject({ code: "LINK_SIGNATURE_INVALID" });
    }
    expect(await admitLink(tagged, tenant, null, world)).toMatchObject({ tags: ["a"] });
    expect(await admitLink(plain, tenant, null, world)).toMatchObject({ tags: [] });
  });

  it.each(["", "a,,b", "a b", "ä", Array.from({ length: 17 }, (_, at) => `t${at}`).join(",")])(
    "are never %j",
    async (tags) => {
      const world = makeWorld();
      const tenant = await acme(world.ring, "signed");
      const query = await linkQuery({ url: URL_A });
      const changed = { ...query, signature: query.signature && { ...query.signature, tags } };
      await expect(admitLink(changed, tenant, null, world)).rejects.toMatchObject({ code: "INVALID_FIELD" });
    },
  );
});

describe("a line of a manifest", () => {
  it("may give tags, which are read as everywhere", async () => {
    const world = makeWorld();
    const parsed = parseManifestLine(JSON.stringify({ url: URL_A, tags: ["A", "a", "b"] }));
    if ("problem" in parsed) throw new Error(parsed.problem.message);
    expect(await readPreloadItem(ACME, parsed.item, "", world)).toMatchObject({ tags: ["a", "b"] });
    expect(await readPreloadItem(ACME, { url: URL_A }, "", world)).toMatchObject({ tags: [] });
  });

  it("that gives what is no tag is passed over, and what it says is not repeated", () => {
    for (const tags of [["a b"], ["x".repeat(65)], "a", [""]]) {
      const parsed = parseManifestLine(JSON.stringify({ url: URL_A, tags }));
      expect(parsed).toMatchObject({ problem: { code: "INVALID_FIELD", message: expect.stringMatching(/^tags: /) } });
      expect(JSON.stringify(parsed)).not.toContain("xxx");
    }
  });
});
