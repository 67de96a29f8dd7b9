import { isDeepStrictEqual } from "node:util";
import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-http";
import type { Database } from "../../cli/migrate.ts";
import { hashApiKey } from "../../core/api-key.ts";
import type { OriginRule } from "../../core/tenant.ts";
import { apiKeys, originRules, tenants } from "../../platform/postgres/schema.ts";
import type { Secrets } from "../state/secrets.ts";
import { seedRules } from "./seed-rules.ts";
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
 * Gives the demo tenants, where they are not there yet, and their API keys; and brings the origin rules that starts make
 * to what this one asks for, in one transaction. Rules of an earlier start go; rules and settings that came by the API
 * stay, as does all else that the database holds. Returns whether rules changed.
 */
export async function seed({ databaseUrl, endpoint }: Database, data: SeedData): Promise<boolean> {
  if (endpoint !== null) neonConfig.fetchEndpoint = endpoint;
  const db = drizzle(neon(databaseUrl));
  const keys = await Promise.all([
    keyRow(data.apiKeys.demo, DEMO),
    keyRow(data.apiKeys.presigned, DEMO_PRESIGNED),
    keyRow(data.apiKeys.operator, null),
  ]);
  const wanted = [
    { tenantId: DEMO_PRESIGNED, ...data.originRule },
    ...withoutRepetition([data.originRule, ...data.moreRules]).map((rule) => ({ tenantId: DEMO, ...rule })),
  ];
  const rules = db.select().from(originRules).orderBy(originRules.id);
  const results = await db.batch([
    rules,
    db.insert(tenants).values(TENANTS).onConflictDoNothing(),
    db
      .insert(apiKeys)
      .values(keys)
      .onConflictDoUpdate({ target: apiKeys.hash, set: { revokedAt: null } }),
    ...seedRules(wanted).map((statement) => db.execute(statement)),
    rules,
  ]);
  return !isDeepStrictEqual(results.at(0), results.at(-1));
}

async function keyRow(key: string, tenantId: string | null) {
  return { hash: await hashApiKey(key), tenantId, name: "local development" };
}

/** A prefix may be named once; the last one named says how it is open. */
function withoutRepetition(rules: readonly OriginRule[]): OriginRule[] {
  const byPrefix = rules.map((rule) => [`${rule.scheme}://${rule.host}:${rule.port}${rule.pathPrefix}`, rule] as const);
  return [...new Map(byPrefix).values()];
}
