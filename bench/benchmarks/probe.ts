import { hits, proxyPath } from "../load/proxy-targets.ts";
import { bare, bareFetch } from "../load/references.ts";
import { inTurn } from "../load/targets.ts";
import type { Figures } from "../measure/figures.ts";
import { BUCKET, bucketLinks } from "../world/bucket-links.ts";
import { makeWorld } from "../world/world.ts";
import type { Benchmark, Group } from "./benchmark.ts";

const POPULAR = 40;

/** The default access mode: a copy goes to whom the origin would serve. Its word on a URL is remembered. */
export const probe: Benchmark = {
  title: "CPU of a hit that the origin must allow, against a bare Worker that asks an origin for one byte",
  prepare,
  verdict,
};

async function prepare(): Promise<readonly Group[]> {
  const links = await bucketLinks(Date.now());
  const world = await makeWorld({ tenants: { probe: { access: "probe" } }, origins: [BUCKET] });
  const popular = Array.from({ length: POPULAR }, (_, at) => proxyPath(links.popular(`popular/${at}.mp4`)));
  return [
    {
      world,
      variants(server) {
        const { pid, port } = server;
        const target = hits(port("api"), "probe");
        const anew = () => target(proxyPath(links.anew("popular/0.mp4")));
        return [
          bare(server),
          bareFetch(server),
          { name: "probe-remembered", base: "bare", pid, next: inTurn(popular.map(target)), leadIn: 3 * POPULAR },
          { name: "probe-asked", base: "bare-fetch", pid, next: anew },
        ];
      },
    },
  ];
}

function verdict(figures: readonly Figures[]): string {
  const asked = figures.find(({ name }) => name === "probe-asked");
  return `Where the origin is asked, a hit costs ${asked?.ratio.toFixed(2)} times a bare Worker that asks it.`;
}
