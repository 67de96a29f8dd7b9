import type { ApiKeys, TenantDirectory } from "../ports/directory.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import { deferred } from "./on-first-use.ts";

/** What downloads need of Postgres. */
export type PostgresParts = {
  readonly ledger: EntryLedger;
  readonly tenants: AskedTenants;
  readonly keys: ApiKeys;
};

/** It remembers nothing. */
type AskedTenants = Pick<TenantDirectory, "find" | "forget">;

/** The same, loaded when it is first asked: most isolates have answered many downloads by then. */
export function deferredPostgres(load: () => Promise<PostgresParts>): PostgresParts {
  return {
    ledger: deferred<EntryLedger>(LEDGER, async () => (await load()).ledger),
    tenants: deferred<AskedTenants>({ find: true, forget: true }, async () => (await load()).tenants),
    keys: deferred<ApiKeys>({ find: true }, async () => (await load()).keys),
  };
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
  addHits: true,
} as const;
