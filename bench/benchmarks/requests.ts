import { ask, hangUp } from "../load/ask.ts";
import { type Effort, measure } from "../measure/measure.ts";
import { json } from "../report/json.ts";
import { table } from "../report/table.ts";
import { startServer } from "../server/start-server.ts";
import type { Benchmark, Report } from "./benchmark.ts";

/** Runs a benchmark of requests that must all be hits. */
export async function requests({ title, prepare }: Benchmark, effort: Effort): Promise<Report> {
  const { world, variants, verdict } = await prepare();
  const server = await startServer(world);
  try {
    const all = variants(server.port);
    for (const { targets } of all) for (const target of targets) await ask(target);
    const figures = await measure(all, server.pid, effort);
    const asked = await server.asked();
    if (asked.length > 0) throw new Error(`these are no hits: ${asked.length} requests went out, such as ${asked[0]}`);
    return { title, table: table(figures), verdict: verdict(figures), json: json(figures) };
  } finally {
    hangUp();
    await server.stop();
  }
}
