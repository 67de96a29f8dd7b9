import { isDeepStrictEqual } from "node:util";
import { neon, neonConfig } from "@neondatabase/serverless";
import { getTableColumns, inArray, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/neon-http";
import type { Database } from "../../cli/migrate.ts";
import { hashApiKey } from "../../core/api-key.ts";
import type { OriginRule } from "../../core/tenant.ts";
import { apiKeys, originRules, tenants } from "../../platform/postgres/schema.ts";
import type { Secrets } from "../state/secrets.ts";
import { DEMO, DEMO_PRESIGNED } from "./tenants.ts";

const TENANTS: (typeof tenants.$inferInsert)[] = [
  { id: DEMO, site: DEMO, access: "probe", delivery: "edge" },
  { id: DEMO_PRESIGNED, site: DEMO_PRESIGNED, access: "probe", delivery: "presigned" },
];

export type SeedData = {
  readonly apiKeys: Secrets["apiKeys"];
  /** Of both demo tenants. */
  readonly originRule: OriginRule;
  /** Of the tenant `demo` alone. */
  readonly moreRules: readonly OriginRule[];
};

/**
 * Brings the demo tenants, their API keys and their origin rules to exactly what this start asks for, in one
 * transaction; rules of an earlier start go, all else that the database holds stays. Returns whether rules changed.
 */
export async function seed({ databaseUrl, endpoint }: Database, data: SeedData): Promise<boolean> {
  if (endpoint !== null) neonConfig.fetchEndpoint = endpoint;
  const db = drizzle(neon(databaseUrl));
  const keys = await Promise.all([
    keyRow(data.apiKeys.demo, DEMO),
    keyRow(data.apiKeys.presigned, DEMO_PRESIGNED),
    keyRow(data.apiKeys.operator, null),
  ]);
  const rules = [
    { tenantId: DEMO_PRESIGNED, ...data.originRule },
    ...withoutRepetition([data.originRule, ...data.moreRules]).map((rule) => ({ tenantId: DEMO, ...rule })),
  ];
  const overwrite = { site: sql`excluded.site`, access: sql`excluded.access`, delivery: sql`excluded.delivery` };
  const ofDemo = inArray(originRules.tenantId, [DEMO, DEMO_PRESIGNED]);
  const { id: _, createdAt: __, ...ruleColumns } = getTableColumns(originRules);
  const [, , before] = await db.batch([
    db.insert(tenants).values(TENANTS).onConflictDoUpdate({ target: tenants.id, set: overwrite }),
    db
      .insert(apiKeys)
      .values(keys)
      .onConflictDoUpdate({ target: apiKeys.hash, set: { revokedAt: null } }),
    db.select(ruleColumns).from(originRules).where(ofDemo).orderBy(originRules.id),
    db.delete(originRules).where(ofDemo),
    db.insert(originRules).values(rules),
  ]);
  return !isDeepStrictEqual(before, rules);
}

async function keyRow(key: string, tenantId: string | null) {
  return { hash: await hashApiKey(key), tenantId, name: "local development" };
}

/** A prefix may be named once; the last one named says how it is open. */
function withoutRepetition(rules: readonly OriginRule[]): OriginRule[] {
  const byPrefix = rules.map((rule) => [`${rule.scheme}://${rule.host}:${rule.port}${rule.pathPrefix}`, rule] as const);
  return [...new Map(byPrefix).values()];
}
