import { closedLoop } from "../load/closed-loop.ts";
import { misses, proxyPath } from "../load/proxy-targets.ts";
import { bare, bareKv, bareMiss } from "../load/references.ts";
import { inTurn } from "../load/targets.ts";
import type { Figures } from "../measure/figures.ts";
import { fillsAskedFor } from "../measure/settle.ts";
import { operationsAndCost } from "../report/operations-and-cost.ts";
import { waited } from "../report/waited.ts";
import type { Server } from "../server/start-server.ts";
import { type BucketLinks, bucketLinks } from "../world/bucket-links.ts";
import type { Benchmark, Group } from "./benchmark.ts";
import { coldWorld } from "./cold-world.ts";

/** Keys that are asked for again and again, each claimed by the first who asks. */
const CLAIMED = 100;
/** Distinct keys, one after the other, and those who ask for one key at the same moment. */
const MANY = 10_000;
const CROWD = 1000;
const CROWDS = 3;
/** What many misses may cost at most, of bare, all that they set off included. */
const MOST_OF_BARE = 6;

export const miss: Benchmark = {
  title: "A miss, with all that it sets off behind its answer, against a bare Worker and one that reads KV once",
  prepare,
  verdict,
};

async function prepare(): Promise<readonly Group[]> {
  const links = await bucketLinks(Date.now());
  return [await ways(links), await many(links)];
}

async function ways(links: BucketLinks): Promise<Group> {
  const again = Array.from({ length: CLAIMED }, (_, at) => proxyPath(links.popular(`claimed/${at}.mp4`)));
  return {
    world: await coldWorld(),
    effort: { rounds: 12, requests: 1000 },
    variants(server) {
      const unknown = misses(server.port("api"), "empty");
      const settled = () => fillsAskedFor(server);
      const about = { pid: server.pid, leadIn: 0, settled };
      return [
        bare(server),
        bareKv(server),
        { ...bareMiss(server), ...about },
        { ...about, name: "miss", base: "bare-kv", next: () => unknown(another(links)) },
        { ...about, name: "miss-again", base: "bare-kv", next: inTurn(again.map(unknown)), leadIn: CLAIMED },
      ];
    },
    async afterwards(server, figures) {
      return [await crowds(server, links), "", await operationsAndCost(server, links, figures)].join("\n");
    },
  };
}

/** Against `bare` alone, and so many at a time that all of what gathers in an isolate gathers. */
async function many(links: BucketLinks): Promise<Group> {
  return {
    world: await coldWorld(),
    effort: { rounds: 3, requests: MANY },
    variants(server) {
      const unknown = misses(server.port("api"), "empty");
      const settled = () => fillsAskedFor(server);
      const next = () => unknown(another(links));
      return [bare(server), { name: "miss-10000", base: "bare", pid: server.pid, next, leadIn: 0, settled }];
    },
  };
}

let objects = 0;

function another(links: BucketLinks): string {
  objects += 1;
  return proxyPath(links.popular(`missed/${objects}.mp4`));
}

/** How many fills a crowd asks for that wants one key at the same moment. */
async function crowds(server: Server, links: BucketLinks): Promise<string> {
  const unknown = misses(server.port("api"), "empty");
  const asked: number[] = [];
  for (let crowd = 0; crowd < CROWDS; crowd += 1) {
    const target = unknown(another(links));
    const { messages } = await server.operations();
    await closedLoop(() => target, CROWD, CROWD);
    await fillsAskedFor(server);
    asked.push((await server.operations()).messages - messages);
  }
  const word = asked.every((fills) => fills === 1) ? "holds" : "FAILS";
  return `${CROWD} concurrent misses of one key ask for ${asked.join(", ")} fills (${CROWDS} crowds): the bar of 1 ${word}`;
}

function verdict(figures: readonly Figures[]): string {
  const all = figures.find(({ name }) => name === "miss-10000");
  if (!all) throw new Error("not all of it was measured");
  const word = all.ratio <= MOST_OF_BARE ? "holds" : "FAILS";
  const said = `${MANY} misses of distinct keys: ${all.ratio.toFixed(2)} times bare, all included`;
  return [waited(figures), `${said}: the bar of ${MOST_OF_BARE} ${word}`].join("\n");
}
