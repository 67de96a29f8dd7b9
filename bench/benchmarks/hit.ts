import type { Figures } from "../measure/figures.ts";
import { LINKS, signingMoments } from "../world/moments.ts";
import { s3Links } from "../world/s3-links.ts";
import { makeWorld } from "../world/world.ts";
import type { Benchmark, Prepared } from "./benchmark.ts";
import { hitTargets, proxyPath } from "./hit-targets.ts";

const PLAIN_URL = "https://media.example.com/films/2026/film.mp4";

export const hit: Benchmark = {
  title: "CPU of a hit on /proxy where access is public, against a bare Worker that answers a constant 302",
  prepare,
};

async function prepare(): Promise<Prepared> {
  const { urls } = await s3Links(signingMoments(Date.now()));
  const plain = Array.from({ length: LINKS }, () => PLAIN_URL);
  return {
    world: await makeWorld({
      objects: [urls, plain],
      modes: ["public"],
      secrets: { "link-key": {}, "verification-key": {} },
      googleKeys: { keys: [] },
    }),
    variants(port) {
      const bare = { port: port("bare"), host: "bare.invalid", path: "/", status: 302, headers: {} };
      const hits = (of: readonly string[]) => hitTargets(port("api"), "public", of.map(proxyPath));
      return [
        { name: "bare", base: "bare", targets: [bare] },
        { name: "public plain", base: "bare", targets: hits(plain) },
        { name: "public s3-sigv4", base: "bare", targets: hits(urls) },
      ];
    },
    verdict,
  };
}

function verdict(figures: readonly Figures[]): string {
  const most = Math.max(...figures.map(({ ratio }) => ratio));
  return `A hit costs at most ${most.toFixed(2)} times what the bare Worker does.`;
}
