import { type SQL, sql } from "drizzle-orm";
import type { OriginRule } from "../../core/tenant.ts";

/** A rule and whose it is. */
export type WantedRule = OriginRule & { readonly tenantId: string };

/**
 * The statements that bring the rules which starts make to these, for one transaction, in each tenant that has one
 * here. Which rules starts have made stands beside them, in a table that only the local stack has: rules that somebody
 * added by the API stay. A rule that is asked for again keeps its id. In a database from before there was such a table
 * all rules are an earlier start's.
 */
export function seedRules(wanted: readonly WantedRule[]): readonly SQL[] {
  const rows = sql`jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as wanted(
    "tenantId" text, scheme text, host text, port integer, "pathPrefix" text, access text,
    "obeyPrivate" boolean
  )`;
  const isWanted = sql`(origin_rules.tenant_id, origin_rules.scheme, origin_rules.host, origin_rules.port,
    origin_rules.path_prefix) = ("tenantId", wanted.scheme, wanted.host, wanted.port, "pathPrefix")`;
  return [
    sql`create schema if not exists dev`,
    sql`create table if not exists dev.seeded_rules as select id from origin_rules`,
    sql`
      delete from origin_rules
      where id in (select id from dev.seeded_rules)
        and tenant_id in (select "tenantId" from ${rows})
        and not exists (select from ${rows} where ${isWanted})
    `,
    sql`
      update origin_rules set access = wanted.access, obey_private = wanted."obeyPrivate" from ${rows} where ${isWanted}
    `,
    sql`
      with made as (
        insert into origin_rules (tenant_id, scheme, host, port, path_prefix, access, obey_private)
        select "tenantId", scheme, host, port, "pathPrefix", access, "obeyPrivate" from ${rows}
        on conflict do nothing
        returning id
      )
      insert into dev.seeded_rules select id from made
    `,
  ];
}
