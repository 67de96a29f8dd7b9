import { curlToDisk } from "../load/curl.ts";
import type { FillServer, FillWork } from "../server/start-fill-server.ts";
import { cpuClock } from "./cpu-time.ts";
import { type FillFigures, type FillSample, fillFiguresOf } from "./fill-figures.ts";
import { interleave } from "./interleave.ts";
import { watchMemory } from "./memory.ts";

const MIB = 2 ** 20;
/** Rounds before those that count. */
const WARM_UP_ROUNDS = 1;

/** A way to get an object that is measured. */
export type FillWay = {
  readonly name: string;
  /** The way that its CPU is compared with. */
  readonly base: string;
  /** `curl`: to disk, and no engine. */
  readonly work: FillWork | "curl";
};

/** Ways to get an object of so many bytes, which are measured side by side. */
export type FillGroup = {
  readonly bytes: number;
  /** The last is curl's, or there is none of curl's. */
  readonly ways: readonly FillWay[];
  /** Objects of each way in a round: enough for a clock that may tick every 10 ms. */
  readonly times: number;
  readonly rounds: number;
};

/** All of a group's ways in turn in one process of the engine, and the memory of each in a process of its own. */
export async function measureFills(group: FillGroup, server: FillServer): Promise<FillFigures[]> {
  const samples = await sampleGroup(group, server);
  const figures: FillFigures[] = [];
  const curl = group.ways.find(({ work }) => work === "curl");
  for (const way of group.ways) {
    const [own, ofBase] = [samples.get(way.name) ?? [], samples.get(way.base) ?? []];
    const ofCurl = curl ? (samples.get(curl.name) ?? []) : null;
    const growthMib = await growthOf(way, group, server);
    figures.push(fillFiguresOf({ ...way, mib: group.bytes / MIB, growthMib }, own, ofBase, ofCurl));
  }
  return figures;
}

async function sampleGroup(
  { bytes, ways, times, rounds }: FillGroup,
  { startEngine, origin, directory }: FillServer,
): Promise<Map<string, FillSample[]>> {
  const engine = await startEngine();
  const cpu = cpuClock(engine.pid);
  const samples = new Map<string, FillSample[]>(ways.map(({ name }) => [name, []]));
  const mib = (bytes * times) / MIB;
  for (const [round, order] of interleave(ways, WARM_UP_ROUNDS + rounds).entries()) {
    for (const { name, work } of order) {
      const [before, began] = [cpu(), performance.now()];
      if (work === "curl") await curlToDisk(origin.url(bytes, "ranges"), times, directory);
      else await engine.fill({ ...work, bytes, times });
      const seconds = (performance.now() - began) / 1000;
      const cpuPerMib = work === "curl" ? null : (cpu() - before) / mib;
      if (round >= WARM_UP_ROUNDS) samples.get(name)?.push({ cpuPerMib, mibPerSecond: mib / seconds });
    }
  }
  await engine.stop();
  return samples;
}

/** By how many MiB a process grows that has done nothing before but its share of bare puts. */
async function growthOf(
  { base, work }: FillWay,
  { bytes, ways, times }: FillGroup,
  { startEngine }: FillServer,
): Promise<number | null> {
  const bare = ways.find(({ name }) => name === base)?.work;
  if (work === "curl" || bare === "curl" || bare === undefined) return null;
  const engine = await startEngine();
  await engine.fill({ ...bare, bytes, times });
  const growth = watchMemory(engine.pid);
  await engine.fill({ ...work, bytes, times });
  const mib = growth();
  await engine.stop();
  return mib;
}
