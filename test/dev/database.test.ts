import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-http";
import { migrate as applyMigrations } from "drizzle-orm/neon-http/migrator";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { explain, migrate } from "../../src/cli/migrate.ts";
import type { OriginRule } from "../../src/core/tenant.ts";
import { freePort } from "../../src/dev/net/listen.ts";
import { type LocalPostgres, startPostgres } from "../../src/dev/postgres/start-postgres.ts";
import { seed } from "../../src/dev/seed/seed.ts";
import { localDatabase, startDatabase } from "../../src/dev/seed/start-database.ts";

const MIGRATE = join(import.meta.dirname, "../../src/cli/migrate.ts");
const KEYS = { demo: "snap_key_a", presigned: "snap_key_b", operator: "snap_op_c" };
const rule = (host: string, access: OriginRule["access"] = null): OriginRule => ({
  ...{ scheme: "http", host, port: 80, pathPrefix: "/", access, obeyPrivate: false, tags: [] },
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

  test("keeps the id of a rule that is asked for again, and says that its access has changed", async () => {
    await seed(localDatabase(port), first);
    const before = await query("select id as it from origin_rules where host in ('origin', 'a') order by 1");
    const again = { ...first, moreRules: [rule("a", "verify")] };
    expect(await seed(localDatabase(port), again)).toBe(true);
    expect(await query("select id as it from origin_rules where host in ('origin', 'a') order by 1")).toEqual(before);
    expect(its(await query("select access as it from origin_rules where host = 'a'"))).toEqual(["verify"]);
    expect(await seed(localDatabase(port), again)).toBe(false);
  });

  test("brings what a rule says of private answers to what this start asks for", async () => {
    const obeyed = "select obey_private as it from origin_rules where host = 'a'";
    const again = { ...first, moreRules: [{ ...rule("a"), obeyPrivate: true }] };
    expect(await seed(localDatabase(port), again)).toBe(true);
    expect(its(await query(obeyed))).toEqual([true]);
    expect(await seed(localDatabase(port), again)).toBe(false);
    expect(await seed(localDatabase(port), { ...first, moreRules: [rule("a")] })).toBe(true);
    expect(its(await query(obeyed))).toEqual([false]);
  });

  test("leaves rules and settings that came by the API", async () => {
    const add = (host: string) => `('demo', 'https', '${host}', 443, 'signed')`;
    await query(
      `insert into origin_rules (tenant_id, scheme, host, port, access) values ${add("api")}, ${add("asked")}`,
    );
    await query(
      "update tenants set access = 'verify', client_networks = '{192.0.2.0/24}', fill_mode = 'auto' where id = 'demo'",
    );
    const asked: OriginRule = { ...rule("asked", "probe"), scheme: "https", port: 443 };
    // One of them is asked for by a start too, for a while.
    for (const moreRules of [[rule("a")], [asked], []]) await seed(localDatabase(port), { ...first, moreRules });
    expect(its(await rules())).toEqual(["demo api", "demo asked", "demo origin", "demo-presigned origin"]);
    expect(await query("select access, client_networks, fill_mode from tenants where id = 'demo'")).toEqual([
      { access: "verify", client_networks: ["192.0.2.0/24"], fill_mode: "auto" },
    ]);
    await query("delete from origin_rules where host in ('api', 'asked')");
  });

  test("takes the rules of a database that it never saw for those of an earlier start, other tenants' excepted", async () => {
    await query("insert into origin_rules (tenant_id, scheme, host, port) values ('other', 'https', 'theirs', 443)");
    await query("drop schema dev cascade");
    await seed(localDatabase(port), { ...first, moreRules: [] });
    expect(its(await rules())).toEqual(["demo origin", "demo-presigned origin", "other theirs"]);
    await query("delete from origin_rules where host = 'theirs'");
  });

  test("brings a revoked demo key back", async () => {
    await query("update api_keys set revoked_at = now()");
    await seed(localDatabase(port), first);
    expect(its(await query("select count(*)::int as it from api_keys where revoked_at is null"))).toEqual([3]);
  });
});

describe("migrating", () => {
  test("takes a database with data from one version to the next", async () => {
    const old = await startPostgres(null);
    const only = await mkdtemp(join(tmpdir(), "snapbyte-migrations-"));
    try {
      const migrations = join(import.meta.dirname, "../../migrations");
      const journal = JSON.parse(await readFile(join(migrations, "meta/_journal.json"), "utf8"));
      await cp(migrations, only, { recursive: true });
      const firstOnly = { ...journal, entries: journal.entries.slice(0, 1) };
      await writeFile(join(only, "meta/_journal.json"), JSON.stringify(firstOnly));
      neonConfig.fetchEndpoint = old.endpoint;
      const { databaseUrl } = localDatabase(port);
      const ask = (text: string) => neon(databaseUrl).query(text);
      await applyMigrations(drizzle(neon(databaseUrl)), { migrationsFolder: only });
      await ask("insert into tenants (id, site, access) values ('t', 't', 'public')");
      await ask("insert into origin_rules (tenant_id, scheme, host, port) values ('t', 'https', 'a', 443)");
      await ask(`
        insert into entries (
          tenant_id, id, public_key, state, fence, bound_to, trusted, source_url,
          generation, size, etag, sha256, stored_at, created_at, updated_at
        ) values ('t', 'e', 'key', 'ready', 1, 'object', true, 'https://a/b', 'g', 5, '"e"', 'ab', now(), now(), now())
      `);
      await migrate({ databaseUrl, endpoint: old.endpoint });
      expect(await ask("select id, access, client_networks, management_networks from tenants")).toEqual([
        { id: "t", access: "public", client_networks: [], management_networks: [] },
      ]);
      expect(await ask("select fill_mode, store_html, max_object_bytes from tenants")).toEqual([
        { fill_mode: "redirect", store_html: false, max_object_bytes: null },
      ]);
      expect(await ask("select host, access, obey_private from origin_rules")).toEqual([
        { host: "a", access: null, obey_private: false },
      ]);
      expect(await ask("select state, generation, sha256, parts_sha256, part_bytes, fresh_until from entries")).toEqual(
        [{ state: "ready", generation: "g", sha256: "ab", parts_sha256: null, part_bytes: null, fresh_until: null }],
      );
    } finally {
      await old.stop();
      await rm(only, { recursive: true, force: true });
    }
  }, 60_000);

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
