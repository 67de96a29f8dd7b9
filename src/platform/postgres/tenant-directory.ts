import type { Tenant, TenantName } from "../../core/tenant.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import type { DatabaseSettings } from "./database.ts";
import { neonStatement } from "./neon-statement.ts";

const ORIGIN_RULES = `(
  select coalesce(json_agg(json_build_object(
    'id', id, 'scheme', scheme, 'host', host, 'port', port, 'pathPrefix', path_prefix, 'access', access,
    'obeyPrivate', obey_private, 'tags', tags
  ) order by id), '[]')
  from origin_rules where tenant_id = tenants.id
)`;

const HOSTS = `(
  select coalesce(json_agg(host order by host), '[]') from tenant_hosts where tenant_id = tenants.id and state = 'active'
)`;

const CNAMES = `(
  select coalesce(json_agg(json_build_object('host', host, 'bucket', bucket) order by host), '[]')
  from tenant_cnames where tenant_id = tenants.id
)`;

const LINK_KEYS = `(
  select coalesce(json_agg(json_build_object('id', kid, 'sealed', sealed) order by created_at desc, kid desc), '[]')
  from link_keys where tenant_id = tenants.id
)`;

const VERIFICATION_KEYS = `(
  select coalesce(json_agg(json_build_object('id', id, 'sealed', sealed) order by created_at desc, id desc), '[]')
  from verification_keys
  where tenant_id = tenants.id and (expires_at is null or expires_at > now())
)`;

/** What the tenant wants, or what its plan allows: the least of what is said. */
const LARGEST = "least(tenants.max_object_bytes, tenants.plan_object_bytes)";

const TENANT = `select json_build_object(
    'id', tenants.id,
    'site', tenants.site,
    'access', tenants.access,
    'delivery', tenants.delivery,
    'fill', json_build_object(
      'mode', tenants.fill_mode, 'storeHtml', tenants.store_html, 'maxObjectBytes', ${LARGEST},
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
    'managementNetworks', tenants.management_networks,
    'standing', coalesce(tenants.standing, '"good"')
  ) as tenant
  from tenants`;

const NAMED = {
  id: "tenants.id = $1",
  site: "tenants.site = $1",
  host: "tenants.id = (select tenant_id from tenant_hosts where host = $1 and state = 'active')",
} as const satisfies Record<TenantName["by"], string>;

/**
 * The truth about tenants. A look-up is one statement and so one request, since 40 ms are all it may take on a
 * download's way: the lists come along as JSON. Rules in the order in which they were added, secrets the newest first,
 * and none whose time is over. Without driver and query builder, which the first download would have to load.
 */
export function postgresTenants(settings: DatabaseSettings): TenantDirectory {
  const by = (name: TenantName["by"]) => neonStatement(settings, `${TENANT} where ${NAMED[name]}`);
  const statements = { id: by("id"), site: by("site"), host: by("host") };
  return {
    async find({ by, value }) {
      const [row] = await statements[by](value);
      return row?.[0] ? (JSON.parse(row[0]) as Tenant) : null;
    },

    /** Nothing is remembered here. */
    async forget() {},
  };
}
