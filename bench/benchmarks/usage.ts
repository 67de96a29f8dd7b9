import { hits, proxyPath } from "../load/proxy-targets.ts";
import { bare } from "../load/references.ts";
import { inTurn } from "../load/targets.ts";
import type { Figures } from "../measure/figures.ts";
import { hitsWritten } from "../measure/settle.ts";
import type { Variant } from "../measure/variant.ts";
import { bundle } from "../server/bundle.ts";
import { BUCKET, bucketLinks } from "../world/bucket-links.ts";
import { makeWorld } from "../world/world.ts";
import type { Benchmark, Group } from "./benchmark.ts";

const POPULAR = 40;
const COUNTER = "src/platform/cloudflare/usage-counter.ts";
const NO_COUNTER = "export const usageCounter = () => ({ record() {}, async flush() {} });";

const build = (instead: Readonly<Record<string, string>>) => (directory: string) =>
  bundle(directory, "worker", "src/api/worker.ts", "wrangler.toml", instead);

/** Both Workers are put together by the same bundler, into one module each, so that nothing else tells them apart. */
export const usage: Benchmark = {
  title: "CPU of a hit that is counted, what writes the count down included, against the same Worker without a counter",
  api: build({}),
  other: build({ [COUNTER]: NO_COUNTER }),
  prepare,
  verdict,
};

async function prepare(): Promise<readonly Group[]> {
  const links = await bucketLinks(Date.now());
  const world = await makeWorld({ tenants: { public: { access: "public" } }, origins: [BUCKET] });
  const popular = Array.from({ length: POPULAR }, (_, at) => proxyPath(links.popular(`popular/${at}.mp4`)));
  return [
    {
      world,
      // Each round ends with the message that an isolate sends once a second: at full load it is that of 20,000 hits.
      effort: { rounds: 12, requests: 8000 },
      variants(server) {
        const of = (socket: "api" | "other", more: Pick<Variant, "name" | "base">): Variant => {
          const next = inTurn(popular.map(hits(server.port(socket), "public")));
          return { ...more, pid: server.pid, next, leadIn: 3 * POPULAR, settled: hitsWritten };
        };
        return [
          bare(server),
          of("other", { name: "uncounted", base: "uncounted" }),
          of("api", { name: "counted", base: "uncounted" }),
        ];
      },
    },
  ];
}

function verdict(figures: readonly Figures[]): string {
  const counted = figures.find(({ name }) => name === "counted");
  return `To count a hit costs ${((counted?.addedMs ?? Number.NaN) * 1000).toFixed(1)} µs.`;
}
