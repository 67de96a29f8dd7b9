import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { neon, neonConfig } from "@neondatabase/serverless";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explain, migrate } from "../../src/cli/migrate.ts";
import type { OriginRule } from "../../src/core/tenant.ts";
import { freePort } from "../../src/dev/net/listen.ts";
import type { LocalPostgres } from "../../src/dev/postgres/start-postgres.ts";
import { seed } from "../../src/dev/seed/seed.ts";
import { localDatabase, startDatabase } from "../../src/dev/seed/start-database.ts";

const MIGRATE = join(import.meta.dirname, "../../src/cli/migrate.ts");
const KEYS = { demo: "snap_key_a", presigned: "snap_key_b", operator: "snap_op_c" };
const rule = (host: string, access: OriginRule["access"] = null): OriginRule => ({
  ...{ scheme: "http", host, port: 80, pathPrefix: "/", access },
});
const first = { apiKeys: KEYS, originRule: rule("origin"), moreRules: [rule("a"), rule("b")] };

let state: string;
let port: number;
let postgres: LocalPostgres;

beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), "snapbyte-database-"));
  port = await freePort();
  postgres = await startDatabase(state, port, first);
}, 60_000);
afterAll(async () => {
  await postgres.stop();
  await rm(state, { recursive: true, force: true });
});

async function query(text: string) {
  neonConfig.fetchEndpoint = localDatabase(port).endpoint ?? "";
  return await neon(localDatabase(port).databaseUrl).query(text);
}

const rules = () => query("select tenant_id || ' ' || host as it from origin_rules order by 1");
const its = (rows: Record<string, unknown>[]) => rows.map((row) => row.it);

describe("seeding", () => {
  test("gives both demo tenants the demo origin, and the rest to demo alone", async () => {
    expect(its(await rules())).toEqual(["demo a", "demo b", "demo origin", "demo-presigned origin"]);
    expect(its(await query("select site || ' ' || access || ' ' || delivery as it from tenants order by 1"))).toEqual([
      "demo probe edge",
      "demo-presigned probe presigned",
    ]);
    expect(its(await query("select coalesce(tenant_id, 'operator') as it from api_keys order by 1"))).toEqual([
      "demo",
      "demo-presigned",
      "operator",
    ]);
  });

  test("again with the same changes nothing, and leaves what others wrote", async () => {
    await query("insert into tenants (id, site) values ('other', 'other')");
    expect(await seed(localDatabase(port), first)).toBe(false);
    expect(its(await query("select count(*)::int as it from tenants"))).toEqual([3]);
    expect(its(await query("select count(*)::int as it from api_keys"))).toEqual([3]);
  });

  test("with other rules replaces those of the demo tenants", async () => {
    const again = { ...first, moreRules: [rule("c"), rule("c", "public")] };
    expect(await seed(localDatabase(port), again)).toBe(true);
    expect(its(await rules())).toEqual(["demo c", "demo origin", "demo-presigned origin"]);
    expect(its(await query("select access as it from origin_rules where host = 'c'"))).toEqual(["public"]);
  });

  test("brings a revoked demo key back", async () => {
    await query("update api_keys set revoked_at = now()");
    await seed(localDatabase(port), first);
    expect(its(await query("select count(*)::int as it from api_keys where revoked_at is null"))).toEqual([3]);
  });
});

describe("migrating", () => {
  const run = (env: Record<string, string>) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MIGRATE], { env, encoding: "utf8" });
    return { status, output: stdout + stderr };
  };

  test("a second time is no trouble", async () => {
    const { databaseUrl, endpoint } = localDatabase(port);
    await migrate({ databaseUrl, endpoint });
    expect(its(await query("select count(*)::int as it from drizzle.__drizzle_migrations"))[0]).toBeGreaterThan(0);
  });

  test("complains in one line", () => {
    const dead = { DATABASE_URL: "postgres://u:secret@h/d", NEON_ENDPOINT: "http://127.0.0.1:9/sql" };
    for (const env of [{}, { DATABASE_URL: "mysql://u:secret@h/d" }, dead]) {
      const { status, output } = run({ PATH: process.env.PATH ?? "", ...env });
      expect(status).toBe(1);
      expect(output.trim()).not.toContain("\n");
      expect(output).not.toContain("secret");
      expect(output).toMatch(/DATABASE_URL|failed/);
    }
  });

  test("explains with the innermost error", () => {
    const inner = Object.assign(new Error("no such table"), { code: "42P01" });
    expect(explain(new Error("Failed query: …", { cause: inner }))).toBe("no such table (42P01)");
  });
});

test("what a start leaves is there at the next one, and half a cluster is thrown away", async () => {
  await postgres.stop();
  postgres = await startDatabase(state, port, first);
  expect(its(await query("select count(*)::int as it from tenants"))).toEqual([3]);

  await postgres.stop();
  await rm(join(state, "postgres/snapbyte-complete"));
  await mkdir(join(state, "workers/v3/kv"), { recursive: true });
  postgres = await startDatabase(state, port, first);
  expect(its(await query("select count(*)::int as it from tenants"))).toEqual([2]);
  // The rules are new to this database, so no Worker may go on with what KV held.
  expect(existsSync(join(state, "workers/v3/kv"))).toBe(false);
}, 60_000);
