import { sql } from "drizzle-orm";
import { addCounts, COUNTERS, type Counter, type Counts } from "../../../src/core/usage/counters.ts";
import { countsOfRow } from "../../../src/platform/postgres/usage-counters.ts";
import type { Seen } from "./client.ts";
import type { UsageWorld } from "./usage-world.ts";

/** What is known by the origin, and not by clients. */
const FILLS: ReadonlySet<Counter> = new Set(["fills", "filled_bytes", "origin_bytes"]);

/** Names and what they came to. */
export type Sums = Readonly<Record<string, number>>;

/** What clients and the origin have noted. A look-up that was not answered in time looks like a miss to a client. */
export function wantedSums({ counts }: Seen, originBytes: number): Sums {
  const sums: Record<string, number> = { "all origin_bytes": originBytes, "all filled_bytes": originBytes };
  for (const [tenant, mine] of counts) Object.assign(sums, namedSums(tenant, mine));
  return sums;
}

/** What a table of usage has. */
export async function toldSums({ db }: UsageWorld, table: string): Promise<Sums> {
  const columns = COUNTERS.map((name) => `sum(${name}) as ${name}`).join(", ");
  const { rows } = await db.execute<{ tenant_id: string }>(
    sql.raw(`select tenant_id, ${columns} from ${table} group by 1`),
  );
  const all: Counts = {};
  const sums: Record<string, number> = {};
  for (const { tenant_id: tenant, ...row } of rows) {
    const counts = countsOfRow(row);
    addCounts(all, counts);
    Object.assign(sums, namedSums(tenant, counts));
  }
  return { ...sums, "all origin_bytes": all.origin_bytes ?? 0, "all filled_bytes": all.filled_bytes ?? 0 };
}

function namedSums(tenant: string, counts: Counts): Sums {
  const { misses = 0, bypass_unknown: unknown = 0, ...rest } = counts;
  const others = Object.entries(rest).filter(([name, count]) => !FILLS.has(name as Counter) && count > 0);
  const named = Object.fromEntries(others.map(([name, count]) => [`${tenant} ${name}`, count]));
  return { ...named, [`${tenant} missed`]: misses + unknown };
}

/** What is not the same, in words. */
export function differences(what: string, told: Sums, wanted: Sums): string[] {
  const names = [...new Set([...Object.keys(told), ...Object.keys(wanted)])];
  return names.flatMap((name) => {
    const [one, other] = [told[name] ?? 0, wanted[name] ?? 0];
    return one === other ? [] : [`${what}: ${name} is ${one}, and was noted as ${other}`];
  });
}

/** Hits of each entry, by tenant and path. */
export async function hitSums({ db, origin }: UsageWorld): Promise<Sums> {
  const { rows } = await db.execute<{ tenant_id: string; source_url: string; hits: string }>(
    sql`select tenant_id, source_url, hits from entries where hits > 0`,
  );
  return Object.fromEntries(
    rows.map(({ tenant_id, source_url, hits }) => [`${tenant_id} ${source_url.slice(origin.length)}`, Number(hits)]),
  );
}
