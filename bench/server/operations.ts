import { type SocketName, STAND_INS } from "./workerd-config.ts";

/** What the platform is asked for, and charges for; each is a number of calls where nothing else is said. */
export type Operations = {
  /** Reads of entries and of tenants, and writes, of KV. */
  readonly entries: number;
  readonly tenants: number;
  readonly writes: number;
  /** R2. */
  readonly store: number;
  /** Calls of the gate's Durable Objects, rows of SQLite that those wrote, and calls of those that keep withdrawals. */
  readonly gate: number;
  readonly rows: number;
  readonly withdrawals: number;
  /** Messages for the queue, and the batches that they came in. */
  readonly messages: number;
  readonly batches: number;
  /** Messages of what was counted, about one a second. */
  readonly usage: number;
  /** Queries of Postgres. */
  readonly queries: number;
  /** Cache API. */
  readonly cache: number;
  /** Origins that were asked whether they would serve a URL. */
  readonly origins: number;
  /** Whatever else was asked of anybody. */
  readonly others: number;
};

/** Asks those who stand in for the platform what they were asked until now. */
export async function readOperations(port: (socket: SocketName) => number): Promise<Operations> {
  const counts = STAND_INS.map(async (name) => (await fetch(`http://127.0.0.1:${port(name)}/`)).json());
  return Object.assign({}, ...(await Promise.all(counts))) as Operations;
}

/** What was asked between two moments. */
export function operationsBetween(before: Operations, after: Operations): Operations {
  const names = Object.keys(before) as (keyof Operations)[];
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as Operations;
}
