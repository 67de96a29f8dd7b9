import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { byPrefix } from "../../src/platform/postgres/entry-readings.ts";
import { entries, tenants } from "../../src/platform/postgres/schema.ts";
import { newTenant } from "./keys.ts";

const { database } = inject("services");
const db = connect(database);
const tenant = newTenant();
const MANY = 20_000;

/** How Postgres would go about it, as it says itself. */
async function planOf(query: ReturnType<typeof sql>): Promise<string> {
  const { rows } = await db.execute<{ "QUERY PLAN": string }>(sql`explain ${query}`);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}

describe("of a tenant with many entries Postgres", () => {
  beforeAll(async () => {
    await db.insert(tenants).values({ id: tenant, site: tenant });
    await db.execute(sql`
      insert into entries (tenant_id, id, public_key, state, fence, bound_to, trusted, source_url, created_at, updated_at)
      select ${tenant}, lpad(n::text, 43, '0'), 'key-' || n, 'ready', 1, 'x', false,
        'https://a.example/' || n, now(), now() - n * interval '1 second'
      from generate_series(1, ${sql.raw(String(MANY))}) as n`);
    await db.execute(sql`analyze entries`);
  });

  test.each([
    ["key-prefix", "key-77", "entries_by_public_key"],
    ["url-prefix", "https://a.example/77", "entries_by_source"],
  ] as const)("reads a page by a %s along its index, and no others", async (by, prefix, index) => {
    const { where, order } = byPrefix({ by, prefix });
    const query = sql`
      select * from ${entries} where ${entries.tenantId} = ${tenant} and ${where}
      order by ${sql.join([...order], sql`, `)} limit 51`;
    const plan = await planOf(query);
    // By an index scan or, as statistics have it, a bitmap of the same index.
    expect(plan).toMatch(new RegExp(`(?:using|Bitmap Index Scan on) ${index}\\b`));
    expect(plan).not.toMatch(/Seq Scan/);
  });

  test("looks at the newest changes of a search along the index of changes, without sorting all of them", async () => {
    const plan = await planOf(sql`
      select * from (
        select * from ${entries} where ${entries.tenantId} = ${tenant}
        order by ${entries.updatedAt} desc nulls last, ${entries.id} limit 10000
      ) as looked
      where strpos(lower(public_key collate "C"), 'nothing') > 0 limit 51`);
    expect(plan).toContain("using entries_by_change");
    expect(plan).not.toMatch(/Seq Scan|Sort/);
  });
});
