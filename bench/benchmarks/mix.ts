import { hangUp } from "../load/ask.ts";
import { hits, misses } from "../load/proxy-targets.ts";
import { steadyRate } from "../load/steady-rate.ts";
import type { Next } from "../load/targets.ts";
import { cpuClock } from "../measure/cpu-time.ts";
import { percentile } from "../measure/median.ts";
import { layOut } from "../report/table.ts";
import { withWorkers } from "../server/build-workers.ts";
import { type Server, startServer } from "../server/start-server.ts";
import { mixedWorld } from "../world/mixed-world.ts";
import type { Report } from "./benchmark.ts";

const OBJECTS = 100_000;
/** Of the requests, so many are for objects of which there is no copy. */
const MISSING = 0.05;
const PER_SECOND = 1000;
/** An isolate that knows nothing yet, in seconds; then what counts. */
const WARM_UP_S = 5;
const SECONDS = 30;
const SLOW_POSTGRES_MS = 200;
/** At most, in ms, and nothing else than the right answer. */
const BARS = { p50: 2, p99: 20 };

type Seen = {
  readonly name: string;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
  readonly cpu: number;
};

/** A steady rate of hits and misses as they come, with Postgres at hand and with Postgres slow. */
export async function mix(seconds = SECONDS): Promise<Report> {
  const seen = await withWorkers({}, async (workers) => {
    const { world, draw } = await mixedWorld(OBJECTS, MISSING);
    const measured: Seen[] = [];
    for (const postgresMs of [0, SLOW_POSTGRES_MS]) {
      // Each begins with an isolate that knows nothing.
      const server = await startServer(workers, world);
      try {
        await server.slowPostgres(postgresMs);
        const [held, unknown] = [hits(server.port("api"), "public"), misses(server.port("api"), "public")];
        const next: Next = () => {
          const { path, isHit } = draw();
          return (isHit ? held : unknown)(path);
        };
        measured.push(await measure(postgresMs === 0 ? "mix" : `mix-postgres-${postgresMs}ms`, server, next, seconds));
      } finally {
        hangUp();
        await server.stop();
      }
    }
    return measured;
  });
  return {
    title: `${PER_SECOND} requests a second for ${seconds} s, ${MISSING * 100} % of them misses, over ${OBJECTS} keys by Zipf's law`,
    table: table(seen),
    verdict: seen.map(verdict).join("\n"),
    json: json(seen),
  };
}

async function measure(name: string, server: Server, next: Next, seconds: number): Promise<Seen> {
  await steadyRate(next, { perSecond: PER_SECOND, seconds: Math.min(WARM_UP_S, seconds) });
  const cpu = cpuClock(server.pid);
  const before = cpu();
  const { latencies, errors } = await steadyRate(next, { perSecond: PER_SECOND, seconds });
  const [first] = errors;
  if (first) console.error(`the first of ${errors.length} errors: ${first.message}`);
  const of = (share: number) => percentile(latencies, share);
  const used = (cpu() - before) / (PER_SECOND * seconds);
  return { name, p50: of(0.5), p99: of(0.99), errors: errors.length, cpu: used };
}

function table(seen: readonly Seen[]): string {
  const rows = seen.map(({ name, p50, p99, errors, cpu }) => {
    return [name, p50.toFixed(2), p99.toFixed(1), String(errors), cpu.toFixed(0)];
  });
  return layOut([["", "p50 ms", "p99 ms", "errors", "CPU µs"], ...rows], [0]);
}

function verdict({ name, p50, p99, errors }: Seen): string {
  const holds = p50 < BARS.p50 && p99 < BARS.p99 && errors === 0;
  return `${name}: the bar of p50 below ${BARS.p50} ms, p99 below ${BARS.p99} ms and no error ${holds ? "holds" : "FAILS"}`;
}

function json(seen: readonly Seen[]): string {
  const entries = seen.map(({ name, p50, p99, errors, cpu }) => {
    return [name, { cpu_us: cpu, rps: PER_SECOND, p50_ms: p50, p99_ms: p99, errors }];
  });
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
