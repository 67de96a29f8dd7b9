import { sql } from "drizzle-orm";

/**
 * Rows of `tenant_id` and `bytes`: what lies in the store for tenants at this moment, of entries, assets and uploads, chunks
 * of unfinished ones included. An upload that became an asset is the asset's.
 */
export const STORED_BYTES = sql`
  select tenant_id, size as bytes from entries where size is not null
  union all
  select tenant_id, size from asset_contents where size is not null and released_at is null
  union all
  select tenant_id, size from uploads where status = 'completed' and asset_id is null
  union all
  select tenant_id, bytes from uploads join upload_chunks on upload_id = id where status = 'in_progress'
`;
