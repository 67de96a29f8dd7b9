import type { Target } from "../load/ask.ts";
import { closedLoop } from "../load/closed-loop.ts";
import { inTurn } from "../load/targets.ts";
import { cpuClock } from "./cpu-time.ts";
import { type DeliveryFigures, type DeliverySample, deliveryFiguresOf } from "./delivery-figures.ts";
import { interleave } from "./interleave.ts";

const MIB = 2 ** 20;

/** A way to get the same bytes. */
export type DeliveryWay = {
  readonly name: string;
  /** The way that its CPU is compared with. */
  readonly base: string;
  /** The process that serves it. */
  readonly pid: number;
  readonly targets: readonly Target[];
};

/** Ways that are measured side by side: bytes of each answer, and how much of each way makes a round. */
export type DeliveryGroup = {
  readonly bytes: number;
  /** Nginx's is called so; there may be none. */
  readonly ways: readonly DeliveryWay[];
  readonly requests: number;
  /** So many go before those that are counted, whatever they are answered with: what a Worker remembers, it knows again. */
  readonly leadIn: number;
  readonly atOnce: number;
  readonly warmUpRounds: number;
  readonly rounds: number;
};

/** Measures a group. Rejects at the first answer that is not as its target expects. */
export async function measureDelivery(group: DeliveryGroup, nginx: string): Promise<DeliveryFigures[]> {
  const { ways, bytes, requests, leadIn, atOnce, warmUpRounds, rounds } = group;
  const clocks = new Map(ways.map(({ pid }) => [pid, cpuClock(pid)]));
  const samples = new Map<string, DeliverySample[]>(ways.map(({ name }) => [name, []]));
  let asked = 0;
  for (const [round, order] of interleave(ways, warmUpRounds + rounds).entries()) {
    for (const { name, pid, targets } of order) {
      const cpu = () => clocks.get(pid)?.() ?? 0;
      // Each round goes on where the last one ended, so that all objects have their turn.
      const turned = rotated(targets, asked);
      await closedLoop(inTurn(turned.map((target) => ({ ...target, headers: {} }))), leadIn, atOnce);
      const before = cpu();
      const { seconds } = await closedLoop(inTurn(turned), requests, atOnce);
      const sample = { cpuMicroseconds: (cpu() - before) / requests, requestsPerSecond: requests / seconds };
      if (round >= warmUpRounds) samples.get(name)?.push(sample);
    }
    asked += requests;
  }
  const of = (name: string) => samples.get(name) ?? [];
  const ofNginx = ways.some(({ name }) => name === nginx) ? of(nginx) : null;
  return ways.map(({ name, base }) => deliveryFiguresOf({ name, base, mib: bytes / MIB }, of(name), of(base), ofNginx));
}

function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const at = by % Math.max(1, items.length);
  return [...items.slice(at), ...items.slice(0, at)];
}
