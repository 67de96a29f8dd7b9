import type { Cost } from "../cost/cost-of.ts";
import { PRICES_OF } from "../cost/prices.ts";
import { layOut } from "./table.ts";

const COLUMNS = ["all", "requests", "cpu", "kv", "objects", "queue", "store"] as const;

/** Dollars for a million requests of each kind, a line each. */
export function costTable(kinds: Readonly<Record<string, Cost>>): string {
  const head = [`$ a million (${PRICES_OF})`, ...COLUMNS.map((name) => HEADS[name])];
  const rows = Object.entries(kinds).map(([name, cost]) => [name, ...COLUMNS.map((column) => cost[column].toFixed(3))]);
  return layOut([head, ...rows], [0]);
}

const HEADS: Readonly<Record<(typeof COLUMNS)[number], string>> = {
  ...{
    all: "in all",
    requests: "requests",
    cpu: "CPU",
    kv: "KV",
    objects: "Durable Objects",
    queue: "Queues",
    store: "R2",
  },
};
