import { bare } from "../load/references.ts";
import type { Figures } from "../measure/figures.ts";
import type { Variant } from "../measure/variant.ts";
import { bundle } from "../server/bundle.ts";
import type { Server } from "../server/start-server.ts";
import type { Benchmark, Group } from "./benchmark.ts";
import { coldWorld } from "./cold-world.ts";

/** Ways to sign, by name: what is asked of server/workers/presign.js. */
const WAYS = { "presign-ours": "ours", "presign-aws4fetch-cached": "cached", "presign-aws4fetch-fresh": "fresh" };
const SIGNED = /^https:\/\/store\.invalid\/copies\/tenant-public\/.*[?&]X-Amz-Signature=[0-9a-f]{64}/;

export const presign: Benchmark = {
  title: "CPU of signing an address of the store (SigV4) for each redirect, against the same redirect without",
  other: (directory) => bundle(directory, "presign", "bench/server/workers/presign.js", "wrangler.toml"),
  prepare,
  verdict,
};

async function prepare(): Promise<readonly Group[]> {
  return [{ world: await coldWorld(), variants }];
}

function variants(server: Server): readonly Variant[] {
  const about = { port: server.port("other"), host: "presign.invalid", status: 302, headers: { location: SIGNED } };
  const signed = Object.entries(WAYS).map(([name, way]) => {
    return { name, base: "bare", pid: server.pid, next: () => ({ ...about, path: `/${way}` }) };
  });
  return [bare(server), ...signed];
}

function verdict(figures: readonly Figures[]): string {
  const ours = figures.find(({ name }) => name === "presign-ours");
  return `Our own way to sign takes ${((ours?.addedMs ?? Number.NaN) * 1000).toFixed(1)} µs.`;
}
