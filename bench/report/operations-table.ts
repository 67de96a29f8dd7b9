import type { Counted } from "../measure/count-operations.ts";
import { layOut } from "./table.ts";

const HEAD = [
  "a request",
  "KV",
  "R2",
  "gate",
  "rows",
  "queue",
  "Postgres",
  "Cache API",
  "a second: withdrawals",
  "usage",
];

/**
 * What requests of each kind ask for, a line each. The last two columns are no request's: isolates ask what was withdrawn,
 * and send what they counted, about once a second, so those are whole numbers of the count.
 */
export function operationsTable(kinds: Readonly<Record<string, Counted>>): string {
  const rows = Object.entries(kinds).map(([name, { operations, requests }]) => {
    const { entries, tenants, writes, store, gate, rows, messages, queries, cache, withdrawals, usage } = operations;
    const each = [entries + tenants + writes, store, gate, rows, messages, queries, cache];
    return [name, ...each.map((count) => share(count, requests)), String(withdrawals), String(usage)];
  });
  return layOut([HEAD, ...rows], [0]);
}

/** Whole where it is. */
function share(count: number, requests: number): string {
  const each = count / requests;
  return Number.isInteger(each) ? String(each) : each.toFixed(3);
}
