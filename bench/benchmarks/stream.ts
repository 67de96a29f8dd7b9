import { Agent } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { firstByte } from "../load/first-byte.ts";
import { median, percentile } from "../measure/median.ts";
import { layOut } from "../report/table.ts";
import { type StreamServer, startStreamServer } from "../server/start-stream-server.ts";
import type { Report } from "./benchmark.ts";

const BYTES = 2 ** 20;
const DOWNLOADS = 100;
/** The first ones find a Worker that has not run yet. */
const WARM_UP = 20;
/** After each download, in ms: what is still done for its copy must not fall on the next one. */
const PEACE_MS = 30;
/** What the first byte may be late, in ms. */
const MOST_MS = 5;

const WAYS = ["origin itself", "a bare Worker", "/proxy"] as const;
type Times = Readonly<Record<(typeof WAYS)[number], number[]>>;

/** How much later the first byte of a first download comes through us than from its origin itself. */
export async function stream(downloads = DOWNLOADS): Promise<Report> {
  const server = await startStreamServer(BYTES);
  try {
    const times = await measure(server, downloads);
    const [direct, bare, passed] = WAYS.map((way) => median(times[way])) as [number, number, number];
    const late = passed - direct;
    const verdict = `The first byte comes ${late.toFixed(2)} ms later than from the origin, and ${(passed - bare).toFixed(2)} ms later`;
    return {
      title: `Time to the first byte of a first download of ${BYTES / 2 ** 20} MiB that passes through`,
      table: table(times),
      verdict: `${verdict} than through a bare Worker. At most ${MOST_MS} ms are wanted: ${late <= MOST_MS ? "held" : "missed"}.`,
      json: `${JSON.stringify({ late_ms: late, direct_ms: direct, bare_ms: bare, passed_ms: passed }, null, 2)}\n`,
    };
  } finally {
    await server.stop();
  }
}

/** By turns, so that whatever else the machine does falls on all of them. */
async function measure({ port, origin }: StreamServer, downloads: number): Promise<Times> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: Times = { "origin itself": [], "a bare Worker": [], "/proxy": [] };
  try {
    for (let turn = -WARM_UP; times["/proxy"].length < downloads; turn += 1) {
      if (turn > 2 * downloads) throw new Error("too many look-ups missed their budget: the machine is too busy");
      const url = encodeURIComponent(`${origin}/${turn}.mp4`);
      const answers = {
        "origin itself": await firstByte(Number(new URL(origin).port), `/${turn}.mp4`, agent),
        "a bare Worker": await firstByte(port("bare"), `/?url=${url}`, agent),
        "/proxy": await firstByte(port("api"), `/proxy?url=${url}`, agent),
      };
      await sleep(PEACE_MS);
      // A look-up missed its budget, as it may: then nothing passes through.
      if (answers["/proxy"].status === 302) continue;
      for (const way of WAYS) {
        const { status, bytes, ms } = answers[way];
        if (status !== 200 || bytes !== BYTES) throw new Error(`${way} answered ${status} with ${bytes} bytes`);
        if (turn >= 0) times[way].push(ms);
      }
    }
  } finally {
    agent.destroy();
  }
  return times;
}

function table(times: Times): string {
  const rows = WAYS.map((way) => [way, median(times[way]).toFixed(2), percentile(times[way], 0.95).toFixed(2)]);
  return layOut([["first byte from", "median ms", "p95 ms"], ...rows], [0]);
}
