/**
 * `npm run bench -- NAME`: measures on this machine, with nothing but loopback, and ends by itself. Figures are ratios
 * between ways to ask that were measured side by side in one run: a busy machine spoils both sides alike.
 */
import { writeFile } from "node:fs/promises";
import type { Benchmark } from "./benchmarks/benchmark.ts";
import { hit } from "./benchmarks/hit.ts";
import { verify } from "./benchmarks/verify.ts";
import { ask, hangUp } from "./load/ask.ts";
import { measure } from "./measure/measure.ts";
import { type BenchOptions, parseOptions } from "./options.ts";
import { json } from "./report/json.ts";
import { machine } from "./report/machine.ts";
import { table } from "./report/table.ts";
import { startServer } from "./server/start-server.ts";

const BENCHMARKS: Readonly<Record<string, Benchmark>> = { hit, verify };
const NAMES = Object.keys(BENCHMARKS);
const USAGE = `Usage: npm run bench -- ${NAMES.join("|")} [--json FILE] [--rounds N] [--requests N]`;

async function run({ title, prepare }: Benchmark, { json: file, effort }: BenchOptions): Promise<void> {
  const { world, variants, verdict } = await prepare();
  const server = await startServer(world);
  try {
    const all = variants(server.port);
    for (const { targets } of all) for (const target of targets) await ask(target);
    const figures = await measure(all, server.pid, effort);
    const asked = await server.asked();
    if (asked.length > 0) throw new Error(`these are no hits: ${asked.length} requests went out, such as ${asked[0]}`);
    console.log([title, machine(), "", table(figures), "", verdict(figures)].join("\n"));
    if (file !== null) await writeFile(file, json(figures));
  } finally {
    hangUp();
    await server.stop();
  }
}

async function main(args: string[]): Promise<number> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(1));
  try {
    const options = parseOptions(args, NAMES);
    const benchmark = options && BENCHMARKS[options.name];
    if (!benchmark) throw new Error(USAGE);
    await run(benchmark, options);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

process.exit(await main(process.argv.slice(2)));
