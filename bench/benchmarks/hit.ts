import { resolve } from "node:path";
import { hits, misses, presignedHits, proxyPath } from "../load/proxy-targets.ts";
import { bare, bareKv } from "../load/references.ts";
import { inTurn } from "../load/targets.ts";
import type { Figures } from "../measure/figures.ts";
import type { Effort } from "../measure/measure.ts";
import { fillsAskedFor, hitsWritten } from "../measure/settle.ts";
import type { Variant } from "../measure/variant.ts";
import { type Peers, startPeers } from "../peers/start-peers.ts";
import { operationsAndCost } from "../report/operations-and-cost.ts";
import { waited } from "../report/waited.ts";
import { BUCKET, type BucketLinks, bucketLinks } from "../world/bucket-links.ts";
import { type LinkKey, newLinkKey, signedPath, signedPaths } from "../world/proxy-links.ts";
import { makeWorld, type World, type WorldOptions } from "../world/world.ts";
import type { Benchmark, Group, Report } from "./benchmark.ts";
import { coldWorld } from "./cold-world.ts";
import { requests } from "./requests.ts";

/** Objects that everybody asks for, and requests until all of them are remembered. */
const POPULAR = 40;
const LEAD_IN = 120;
/** Links signed anew by the tenant: enough that none comes again while anybody remembers it. */
const SIGNED_ANEW = 20_000;

/** What may be at most, of what it is compared with. */
const BARS: Readonly<Record<string, number>> = {
  ...{ "hit-edge": 1.15, "hit-presigned": 1.35, "hit-signed": 1.25, "hit-cold": 1.3 },
};

/** `peers`: others that do the same job are measured in the same rounds. */
function hit(links: BucketLinks, peers: Peers | null): Benchmark {
  return {
    title: "CPU of a hit on /proxy against a bare Worker that answers a constant 302",
    prepare: async () => [await warm(links, peers), await anew(links), await cold(links)],
    verdict,
  };
}

/** The same, beside whatever peers are installed in a folder; `null`: alone. */
export async function hitBeside(folder: string | null, effort: Effort): Promise<Report> {
  const links = await bucketLinks(Date.now());
  const peers = folder === null ? null : await startPeers(resolve(folder), popularOf(links));
  try {
    return await requests(hit(links, peers), effort);
  } finally {
    await peers?.stop();
  }
}

function popularOf(links: BucketLinks): string[] {
  return Array.from({ length: POPULAR }, (_, at) => links.popular(`popular/${at}.mp4`));
}

/** Popular links, asked again and again of one isolate. */
async function warm(links: BucketLinks, peers: Peers | null): Promise<Group> {
  const key = newLinkKey();
  const urls = popularOf(links);
  const plain = urls.map(proxyPath);
  const signed = await Promise.all(urls.map((url) => signedPath(url, "signed", key)));
  const open = { public: { access: "public" }, presigned: { access: "public", delivery: "presigned" } } as const;
  const world = await worldOf({ ...open, signed: { access: "signed" }, probe: { access: "probe" } }, key);
  return {
    world,
    variants(server) {
      const { pid, port } = server;
      const asked = (name: string, targets: ReturnType<typeof hits>, paths: readonly string[]): Variant => {
        return { name, base: "bare", pid, next: inTurn(paths.map(targets)), leadIn: LEAD_IN };
      };
      return [
        bare(server),
        asked("hit-edge", hits(port("api"), "public"), plain),
        asked("hit-presigned", presignedHits(port("api"), "presigned"), plain),
        asked("hit-signed", hits(port("api"), "signed"), signed),
        asked("hit-probe", hits(port("api"), "probe"), plain),
        ...(peers?.variants ?? []),
      ];
    },
    afterwards: async () => peers?.note ?? "",
  };
}

/** Links that were signed for one download each. */
async function anew(links: BucketLinks): Promise<Group> {
  const key = newLinkKey();
  const signed = await signedPaths(links.popular("popular/0.mp4"), "signed", key, SIGNED_ANEW);
  const world = await worldOf({ public: { access: "public" }, signed: { access: "signed" } }, key);
  return {
    world,
    variants(server) {
      const { pid, port } = server;
      const plain = hits(port("api"), "public");
      const next = () => plain(proxyPath(links.anew("popular/0.mp4")));
      const signedAnew = inTurn(signed.map(hits(port("api"), "signed")));
      return [
        bare(server),
        { name: "hit-edge-resigned", base: "bare", pid, next },
        { name: "hit-signed-anew", base: "bare", pid, next: signedAnew },
      ];
    },
  };
}

function worldOf(tenants: WorldOptions["tenants"], { kid, key }: LinkKey): Promise<World> {
  return makeWorld({ tenants, origins: [BUCKET], secrets: { "link-key": { [kid]: key }, "verification-key": {} } });
}

/** Each request another key: of one tenant KV has an entry, of the other it has none. */
async function cold(links: BucketLinks): Promise<Group> {
  const world = await coldWorld();
  let objects = 0;
  const path = () => proxyPath(links.popular(`cold/${objects++}.mp4`));
  return {
    world,
    effort: { rounds: 10, requests: 2000 },
    variants(server) {
      const { pid, port } = server;
      const held = hits(port("api"), "public");
      const unknown = misses(port("api"), "empty");
      const settled = () => fillsAskedFor(server);
      return [
        bare(server),
        bareKv(server),
        { name: "hit-cold", base: "bare-kv", pid, next: () => held(path()), leadIn: 0, settled: hitsWritten },
        { name: "miss", base: "bare-kv", pid, next: () => unknown(path()), leadIn: 0, settled },
      ];
    },
    afterwards: (server, figures) => operationsAndCost(server, links, figures),
  };
}

function verdict(figures: readonly Figures[]): string {
  const lines = figures.flatMap(({ name, base, ratio }) => {
    const bar = BARS[name];
    if (bar === undefined) return [];
    return [`${name}: ${ratio.toFixed(2)} times ${base}, the bar of ${bar} ${ratio <= bar ? "holds" : "FAILS"}`];
  });
  return [...lines, waited(figures)].join("\n");
}
