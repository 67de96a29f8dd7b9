import { OPERATIONS_PER_MESSAGE } from "../../src/core/pricing/platform-tariffs.ts";
import type { Operations } from "../server/operations.ts";
import { PRICES } from "./prices.ts";

/** What one request asks of the platform: operations of each kind, and ms of CPU. */
export type Needs = { readonly operations: Operations; readonly cpuMs: number };

/** Dollars for a million of such requests, by what they go for. */
export type Cost = Readonly<Record<"requests" | "cpu" | "kv" | "objects" | "queue" | "store" | "all", number>>;

const MILLION = 1_000_000;

/**
 * What a million requests cost. Postgres is paid for by the hour, whoever asks; a Durable Object that is awake for a ms
 * costs a hundredth of the call.
 */
export function costOfMillion({ operations, cpuMs }: Needs): Cost {
  const { entries, tenants, writes, gate, withdrawals, rows, messages, usage, store } = operations;
  const cost = {
    requests: PRICES.request,
    cpu: cpuMs * PRICES.cpuMs,
    kv: (entries + tenants) * PRICES.kvRead + writes * PRICES.kvWrite,
    objects: (gate + withdrawals) * PRICES.objectRequest + rows * PRICES.rowWritten,
    queue: (messages + usage) * OPERATIONS_PER_MESSAGE * PRICES.queueOperation,
    store: store * PRICES.storeRead,
  };
  const dollars = Object.entries(cost).map(([what, price]) => [what, price * MILLION] as const);
  const all = dollars.reduce((sum, [, price]) => sum + price, 0);
  return { ...(Object.fromEntries(dollars) as Omit<Cost, "all">), all };
}
