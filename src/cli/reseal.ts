/**
 * `npm run reseal`: seals what tenants entrusted to us with the newest of SECRET_KEYS, so that the oldest can be dropped.
 * Safe to repeat, and while the Workers run: what it has not reached yet still opens.
 */
import { neon, neonConfig } from "@neondatabase/serverless";
import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/neon-http";
import { type KeyRing, parseKeyRing } from "../core/crypto/key-ring.ts";
import type { TenantId } from "../core/tenant.ts";
import { openTenantSecret, sealTenantSecret, type TenantSecretKind } from "../core/tenant-secret.ts";
import { linkKeys, verificationKeys } from "../platform/postgres/schema.ts";
import { type Database, explain } from "./migrate.ts";

export type Resealed = { readonly resealed: number; readonly unopened: readonly string[] };

/** Reseals every row; `unopened`: those that no key of the ring opens, which are left as they are. */
export async function reseal({ databaseUrl, endpoint }: Database, ring: KeyRing): Promise<Resealed> {
  if (endpoint !== null) neonConfig.fetchEndpoint = endpoint;
  const db = drizzle(neon(databaseUrl));
  let resealed = 0;
  const unopened: string[] = [];

  async function again(kind: TenantSecretKind, tenantId: string, id: string, sealed: string): Promise<string | null> {
    const tenant = tenantId as TenantId;
    const text = await openTenantSecret(ring, kind, tenant, id, sealed);
    if (text === null) unopened.push(`${kind} ${tenantId}/${id}`);
    else resealed += 1;
    return text === null ? null : await sealTenantSecret(ring, kind, tenant, id, text);
  }

  for (const { tenantId, kid, sealed } of await db.select().from(linkKeys)) {
    const fresh = await again("link-key", tenantId, kid, sealed);
    const isRow = and(eq(linkKeys.tenantId, tenantId), eq(linkKeys.kid, kid), eq(linkKeys.sealed, sealed));
    if (fresh !== null) await db.update(linkKeys).set({ sealed: fresh }).where(isRow);
  }
  for (const { tenantId, id, sealed } of await db.select().from(verificationKeys)) {
    const fresh = await again("verification-key", tenantId, id, sealed);
    const isRow = and(eq(verificationKeys.id, id), eq(verificationKeys.sealed, sealed));
    if (fresh !== null) await db.update(verificationKeys).set({ sealed: fresh }).where(isRow);
  }
  return { resealed, unopened };
}

async function main(): Promise<number> {
  const { DATABASE_URL: databaseUrl, SECRET_KEYS: secretKeys, NEON_ENDPOINT: endpoint } = process.env;
  const ring = parseKeyRing(secretKeys ?? "");
  if (!databaseUrl || !ring) {
    console.error("DATABASE_URL and SECRET_KEYS must be set, as the Workers have them.");
    return 1;
  }
  try {
    const { resealed, unopened } = await reseal({ databaseUrl, endpoint: endpoint || null }, ring);
    console.log(`${resealed} secrets are sealed with key ${ring.current}.`);
    for (const name of unopened) console.error(`No key opens the ${name}: its tenant must register it again.`);
    return unopened.length > 0 ? 1 : 0;
  } catch (error) {
    console.error(`Resealing failed: ${explain(error)}`);
    return 1;
  }
}

if (import.meta.main) process.exitCode = await main();
