import { costOfMillion } from "../cost/cost-of.ts";
import { closedLoop } from "../load/closed-loop.ts";
import { hits, misses, proxyPath } from "../load/proxy-targets.ts";
import { inTurn } from "../load/targets.ts";
import { type Counted, countOperations, perRequest } from "../measure/count-operations.ts";
import type { Figures } from "../measure/figures.ts";
import { fillsAskedFor, hitsWritten } from "../measure/settle.ts";
import type { Server } from "../server/start-server.ts";
import type { BucketLinks } from "../world/bucket-links.ts";
import { costTable } from "./cost-table.ts";
import { operationsTable } from "./operations-table.ts";

const REQUESTS = 1000;
const POPULAR = 40;
/** The first requests of an isolate find out what was withdrawn, and nothing is remembered of them. */
const WARM_UP = 3 * POPULAR;

/**
 * What warm hits, cold hits and misses ask of the platform, and what a million of each costs. In a world with a tenant
 * `public` that has everything, and `empty` that has nothing.
 */
export async function operationsAndCost(
  server: Server,
  links: BucketLinks,
  figures: readonly Figures[],
): Promise<string> {
  const kinds = await countKinds(server, links);
  const counted: Record<string, Counted> = {};
  for (const [name, count] of Object.entries(kinds)) counted[name] = await count(REQUESTS);
  const costs = Object.entries(counted).flatMap(([name, count]) => {
    const measured = figures.find((each) => each.name === MEASURED[name]);
    if (!measured) return [];
    return [[name, costOfMillion({ operations: perRequest(count), cpuMs: measured.cpuMicroseconds / 1000 })] as const];
  });
  return [operationsTable(counted), "", costTable(Object.fromEntries(costs))].join("\n");
}

/** What was measured of them. */
const MEASURED: Readonly<Record<string, string>> = { "warm hit": "hit-edge", "cold hit": "hit-cold", miss: "miss" };

/** What requests of each kind ask for, so many of them. */
export type CountKinds = Readonly<Record<"warm hit" | "cold hit" | "miss", (requests: number) => Promise<Counted>>>;

/** Prepares to count: an isolate that knows its tenants, and Durable Objects that have laid out their tables. */
export async function countKinds(server: Server, links: BucketLinks, gates = REQUESTS): Promise<CountKinds> {
  const held = hits(server.port("api"), "public");
  const unknown = misses(server.port("api"), "empty");
  const paths = Array.from({ length: POPULAR }, (_, at) => proxyPath(links.popular(`counted/${at}.mp4`)));
  const popular = inTurn(paths.map(held));
  let objects = 0;
  const another = () => proxyPath(links.popular(`counted-once/${objects++}.mp4`));
  const warmUp = () => closedLoop(popular, WARM_UP, POPULAR);
  await warmUp();
  await closedLoop(() => unknown(another()), gates, 16);
  await fillsAskedFor(server);
  await hitsWritten();
  return {
    async "warm hit"(requests) {
      // Whatever is remembered was remembered just now.
      await warmUp();
      return await countOperations(server, popular, requests);
    },
    "cold hit": (requests) => countOperations(server, () => held(another()), requests),
    miss: (requests) => countOperations(server, () => unknown(another()), requests),
  };
}
