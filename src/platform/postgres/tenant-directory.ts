import { type SQL, sql } from "drizzle-orm";
import type { Tenant, TenantName } from "../../core/tenant.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import type { Database } from "./database.ts";

/**
 * The truth about tenants. A look-up is one statement and so one request, since 40 ms are all it may take on a
 * download's way: the lists come along as JSON. Rules in the order in which they were added, secrets the newest first,
 * and none whose time is over.
 */
export function postgresTenants(db: Database): TenantDirectory {
  return {
    async find(name) {
      const { rows } = await db.execute<{ tenant: Tenant }>(sql`
        select json_build_object(
          'id', tenants.id,
          'site', tenants.site,
          'access', tenants.access,
          'delivery', tenants.delivery,
          'fill', json_build_object(
            'mode', tenants.fill_mode, 'storeHtml', tenants.store_html, 'maxObjectBytes', tenants.max_object_bytes,
            'store', tenants.store,
            'largeStore', case when tenants.large_store is not null then
              json_build_object('store', tenants.large_store, 'fromBytes', tenants.large_from_bytes)
            end
          ),
          'serving', json_build_object(
            'cors', tenants.cors, 'resourcePolicy', tenants.resource_policy, 'showActive', tenants.show_active
          ),
          'hosts', ${HOSTS},
          'originRules', ${ORIGIN_RULES},
          'cnames', ${CNAMES},
          'linkKeys', ${LINK_KEYS},
          'verificationKeys', ${VERIFICATION_KEYS},
          'clientNetworks', tenants.client_networks,
          'managementNetworks', tenants.management_networks
        ) as tenant
        from tenants
        where ${isNamed(name)}
      `);
      return rows[0]?.tenant ?? null;
    },

    /** Nothing is remembered here. */
    async forget() {},
  };
}

const ORIGIN_RULES = sql`(
  select coalesce(json_agg(json_build_object(
    'scheme', scheme, 'host', host, 'port', port, 'pathPrefix', path_prefix, 'access', access,
    'obeyPrivate', obey_private, 'tags', tags
  ) order by id), '[]')
  from origin_rules where tenant_id = tenants.id
)`;

const HOSTS = sql`(
  select coalesce(json_agg(host order by host), '[]') from tenant_hosts where tenant_id = tenants.id and state = 'active'
)`;

const CNAMES = sql`(
  select coalesce(json_agg(json_build_object('host', host, 'bucket', bucket) order by host), '[]')
  from tenant_cnames where tenant_id = tenants.id
)`;

const LINK_KEYS = sql`(
  select coalesce(json_agg(json_build_object('id', kid, 'sealed', sealed) order by created_at desc, kid desc), '[]')
  from link_keys where tenant_id = tenants.id
)`;

const VERIFICATION_KEYS = sql`(
  select coalesce(json_agg(json_build_object('id', id, 'sealed', sealed) order by created_at desc, id desc), '[]')
  from verification_keys
  where tenant_id = tenants.id and (expires_at is null or expires_at > now())
)`;

function isNamed({ by, value }: TenantName): SQL {
  switch (by) {
    case "id":
      return sql`tenants.id = ${value}`;
    case "site":
      return sql`tenants.site = ${value}`;
    case "host":
      return sql`tenants.id = (select tenant_id from tenant_hosts where host = ${value} and state = 'active')`;
  }
}
