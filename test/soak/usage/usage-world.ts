import { createServer } from "node:http";
import { neonConfig } from "@neondatabase/serverless";
import { migrate } from "../../../src/cli/migrate.ts";
import { parseOriginRule } from "../../../src/core/origins/parse-rule.ts";
import type { TenantId } from "../../../src/core/tenant.ts";
import { close, listen } from "../../../src/dev/net/listen.ts";
import { startPostgres } from "../../../src/dev/postgres/start-postgres.ts";
import { localDatabase } from "../../../src/dev/seed/start-database.ts";
import { connect, type Database } from "../../../src/platform/postgres/database.ts";
import { originRules, tenants } from "../../../src/platform/postgres/schema.ts";

/** Copies go out through us for the one, and straight from the store for the other. */
export const TENANTS = ["edge", "straight"] as const as unknown as readonly [TenantId, TenantId];

/** Bytes of the object of a path that ends with its number. */
export function sizeOf(path: string): number {
  return 100 + 37 * Number(/(\d+)$/.exec(path)?.[1] ?? 0);
}

export type UsageWorld = {
  readonly db: Database;
  readonly databaseUrl: string;
  readonly endpoint: string;
  /** Without a slash at its end. */
  readonly origin: string;
  /** Bytes that the origin has sent. */
  sent(): number;
  stop(): Promise<void>;
};

/** A Postgres with two tenants, and an origin that is open to both. */
export async function startUsageWorld(): Promise<UsageWorld> {
  let sent = 0;
  const server = createServer(({ url = "" }, response) => {
    const body = Buffer.alloc(sizeOf(url), "x");
    sent += body.length;
    const headers = { "content-type": "video/mp4", "content-length": body.length, etag: `"${sizeOf(url)}"` };
    response.writeHead(200, headers).end(body);
  });
  const origin = `http://127.0.0.1:${await listen(server, 0)}`;
  const postgres = await startPostgres(null);
  const { databaseUrl } = localDatabase(0);
  const { endpoint } = postgres;
  await migrate({ databaseUrl, endpoint });
  neonConfig.fetchEndpoint = endpoint;
  const db = connect({ databaseUrl, endpoint });
  const rule = parseOriginRule(origin, "public");
  if (!rule) throw new Error(`${origin} makes no rule`);
  const { tags, ...columns } = rule;
  for (const id of TENANTS) {
    await db.insert(tenants).values({ id, site: id, delivery: id === TENANTS[1] ? "presigned" : "edge" });
    await db.insert(originRules).values({ tenantId: id, ...columns, tags: [...tags] });
  }
  return {
    ...{ db, databaseUrl, endpoint, origin },
    sent: () => sent,
    async stop() {
      await Promise.all([close(server), postgres.stop()]);
    },
  };
}
