import type { EntryLedger } from "../ports/entry-ledger.ts";
import { deferred } from "./on-first-use.ts";

/** A ledger that is loaded when it is first asked: most isolates have answered many downloads by then. */
export function deferredLedger(load: () => Promise<EntryLedger>): EntryLedger {
  return deferred<EntryLedger>(LEDGER, load);
}

const LEDGER = {
  find: true,
  findMany: true,
  list: true,
  noteFills: true,
  publish: true,
  adopt: true,
  fail: true,
  markStale: true,
  refresh: true,
  lose: true,
  raiseFence: true,
  purge: true,
  select: true,
  wantRefresh: true,
  expired: true,
} as const;
