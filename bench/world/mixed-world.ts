import { identityDigest } from "../../src/core/entry-key.ts";
import { readOriginUrl } from "../../src/core/origin-url/origin-url.ts";
import { proxyPath } from "../load/proxy-targets.ts";
import { BUCKET, bucketLinks } from "./bucket-links.ts";
import { makeWorld, type World } from "./world.ts";
import { drawer, ranksOfShare, repeatable, zipfShares } from "./zipf.ts";

/** A request for one of the world's objects. */
export type MixedAsk = { readonly path: string; readonly isHit: boolean };

export type MixedWorld = { readonly world: World; draw(): MixedAsk };

/** So many objects of Zipf's popularity; of some, which get `missing` of all requests, there is no copy. */
export async function mixedWorld(objects: number, missing: number): Promise<MixedWorld> {
  const links = await bucketLinks(Date.now());
  const shares = zipfShares(objects);
  const absent = ranksOfShare(shares, missing);
  const url = (rank: number) => links.popular(`mixed/${rank}.mp4`);
  const ids = await Promise.all([...absent].map((rank) => digestOf(url(rank))));
  const rankDrawn = drawer(shares, repeatable(1));
  return {
    world: await makeWorld({ tenants: { public: { access: "public" } }, origins: [BUCKET], absent: ids }),
    draw() {
      const rank = rankDrawn();
      return { path: proxyPath(url(rank)), isHit: !absent.has(rank) };
    },
  };
}

async function digestOf(url: string): Promise<string> {
  const read = readOriginUrl(url);
  if (typeof read === "string") throw new Error(`a link that does not parse: ${read}`);
  return await identityDigest(read.identity);
}
