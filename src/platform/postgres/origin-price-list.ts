import { sql } from "drizzle-orm";
import type { PricedOrigin } from "../../core/pricing/origin-prices.ts";
import type { BucketCname, TenantId } from "../../core/tenant.ts";
import type { OriginPriceList } from "../../ports/origin-price-list.ts";
import type { Database } from "./database.ts";
import { ofTenants } from "./of-tenants.ts";

/** As text: two drivers read JSON in two ways. */
type Row = { readonly tenant: TenantId; readonly origins: string; readonly cnames: string };

/** What prices depend on, in Postgres: one statement for all that are asked for. */
export function postgresOriginPrices(db: Database): OriginPriceList {
  return {
    async of(tenants) {
      if (tenants.length === 0) return new Map();
      const whose = ofTenants(tenants);
      const { rows } = await db.execute<Row>(sql`
        select tenant_id as tenant,
          coalesce(
            jsonb_agg(jsonb_build_object('id', id, 'host', host, 'prices', prices)) filter (where bucket is null), '[]'
          )::text as origins,
          coalesce(
            jsonb_agg(jsonb_build_object('host', host, 'bucket', bucket)) filter (where bucket is not null), '[]'
          )::text as cnames
        from (
          select tenant_id, id, host, prices, null as bucket from origin_rules where ${whose}
          union all select tenant_id, rule_id, host, prices, null from removed_origins where ${whose}
          union all select tenant_id, null, host, null, bucket from tenant_cnames where ${whose}
        ) as known
        group by tenant_id
      `);
      return new Map(
        rows.map(({ tenant, origins, cnames }) => [
          tenant,
          { origins: JSON.parse(origins) as PricedOrigin[], cnames: JSON.parse(cnames) as BucketCname[] },
        ]),
      );
    },
  };
}
