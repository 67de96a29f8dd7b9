import { hangUp } from "../load/ask.ts";
import type { Figures } from "../measure/figures.ts";
import { type Effort, measure } from "../measure/measure.ts";
import { json } from "../report/json.ts";
import { table } from "../report/table.ts";
import { withWorkers } from "../server/build-workers.ts";
import { startServer } from "../server/start-server.ts";
import type { Benchmark, Report } from "./benchmark.ts";

/** Runs a benchmark of requests, one group after the other. What `effort` says goes before a group's own. */
export async function requests(benchmark: Benchmark, effort: Effort): Promise<Report> {
  const { title, api, other, prepare, verdict } = benchmark;
  return await withWorkers({ api, other }, async (workers) => {
    const figures: Figures[] = [];
    const seen: string[] = [];
    for (const group of await prepare()) {
      const server = await startServer(workers, group.world);
      try {
        const measured = await measure(group.variants(server), { ...group.effort, ...effort });
        figures.push(...measured.filter(({ name }) => figures.every((known) => known.name !== name)));
        if (group.afterwards) seen.push(await group.afterwards(server, figures));
      } finally {
        hangUp();
        await server.stop();
      }
    }
    const lines = [verdict(figures), ...seen].filter((each) => each !== "").join("\n\n");
    return { title, table: table(figures), verdict: lines, json: json(figures) };
  });
}
