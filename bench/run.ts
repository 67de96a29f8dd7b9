/**
 * `npm run bench -- NAME`: measures on this machine, with nothing but loopback, and ends by itself. Figures are ratios
 * between ways to do the same that were measured side by side in one run: a busy machine spoils both sides alike.
 */
import { writeFile } from "node:fs/promises";
import type { Report } from "./benchmarks/benchmark.ts";
import { delivery } from "./benchmarks/delivery.ts";
import { fill } from "./benchmarks/fill.ts";
import { hitBeside } from "./benchmarks/hit.ts";
import { miss } from "./benchmarks/miss.ts";
import { mix } from "./benchmarks/mix.ts";
import { presign } from "./benchmarks/presign.ts";
import { probe } from "./benchmarks/probe.ts";
import { requests } from "./benchmarks/requests.ts";
import { stream } from "./benchmarks/stream.ts";
import { usage } from "./benchmarks/usage.ts";
import { verify } from "./benchmarks/verify.ts";
import { type BenchOptions, parseOptions } from "./options.ts";
import { machine } from "./report/machine.ts";

type Run = (effort: BenchOptions["effort"], peers: BenchOptions["peers"]) => Promise<Report>;

const BENCHMARKS: Readonly<Record<string, Run>> = {
  hit: (effort, peers) => hitBeside(peers, effort),
  miss: (effort) => requests(miss, effort),
  probe: (effort) => requests(probe, effort),
  presign: (effort) => requests(presign, effort),
  usage: (effort) => requests(usage, effort),
  mix: () => mix(),
  verify: (effort) => requests(verify, effort),
  fill: ({ rounds }) => fill(rounds),
  delivery: ({ rounds }) => delivery(rounds),
  stream: ({ requests: downloads }) => stream(downloads),
};
const NAMES = Object.keys(BENCHMARKS);
const USAGE = `Usage: npm run bench -- ${NAMES.join("|")} [--json FILE] [--rounds N] [--requests N] [--peers DIR]`;

async function main(args: string[]): Promise<number> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
  try {
    const options = parseOptions(args, NAMES);
    const run = options && BENCHMARKS[options.name];
    if (!run) throw new Error(USAGE);
    const { title, table, verdict, json } = await run(options.effort, options.peers);
    console.log([title, machine(), "", table, "", verdict].join("\n"));
    if (options.json !== null) await writeFile(options.json, json);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

process.exit(await main(process.argv.slice(2)));
