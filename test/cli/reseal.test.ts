import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { migrate } from "../../src/cli/migrate.ts";
import { reseal } from "../../src/cli/reseal.ts";
import { type KeyRing, parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import { openTenantSecret, sealTenantSecret } from "../../src/core/tenant-secret.ts";
import { freePort } from "../../src/dev/net/listen.ts";
import { type LocalPostgres, startPostgres } from "../../src/dev/postgres/start-postgres.ts";
import { localDatabase } from "../../src/dev/seed/start-database.ts";
import { linkKeys, tenants, verificationKeys } from "../../src/platform/postgres/schema.ts";
import { tenantId } from "../core/samples.ts";

const ACME = tenantId("acme");
const OLD = `1:${"A".repeat(43)}`;
const NEW = `2:${"I".repeat(42)}A`;
const COMMAND = join(import.meta.dirname, "../../src/cli/reseal.ts");

let directory: string;
let port: number;
let postgres: LocalPostgres;
const database = () => localDatabase(port);

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "snapbyte-reseal-"));
  port = await freePort();
  postgres = await startPostgres(directory, port);
  await migrate(database());
}, 60_000);
afterAll(async () => {
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
});

function connect() {
  neonConfig.fetchEndpoint = database().endpoint ?? "";
  return drizzle(neon(database().databaseUrl));
}

function ring(text: string): KeyRing {
  return parseKeyRing(text) ?? expect.fail(`${text} is no key ring`);
}

/** What the two secrets of the tenant say to who has these keys. */
async function opened(keys: string): Promise<(string | null)[]> {
  const [link] = await connect().select().from(linkKeys);
  const [material] = await connect().select().from(verificationKeys);
  return await Promise.all([
    openTenantSecret(ring(keys), "link-key", ACME, "kid", link?.sealed ?? ""),
    openTenantSecret(ring(keys), "verification-key", ACME, "material", material?.sealed ?? ""),
  ]);
}

/** Runs the command as an operator does. */
async function run(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [COMMAND], { env: { PATH: process.env.PATH ?? "", ...env } });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output };
}

test("what rests is sealed anew, so that the old key can be dropped", async () => {
  const sealed = (kind: "link-key" | "verification-key", id: string) =>
    sealTenantSecret(ring(OLD), kind, ACME, id, `the ${id}`);
  const db = connect();
  await db.insert(tenants).values({ id: ACME, site: "acme" });
  await db.insert(linkKeys).values({ tenantId: ACME, kid: "kid", sealed: await sealed("link-key", "kid") });
  const material = { id: "material", tenantId: ACME, kind: "s3-secret" as const, name: "AKIA" };
  await db.insert(verificationKeys).values({ ...material, sealed: await sealed("verification-key", "material") });

  expect(await opened(NEW)).toEqual([null, null]);
  expect(await reseal(database(), ring(`${NEW},${OLD}`))).toEqual({ resealed: 2, unopened: [] });
  expect(await opened(NEW)).toEqual(["the kid", "the material"]);
  expect(await opened(OLD)).toEqual([null, null]);
});

test("it may be repeated, and names what no key opens, which stays as it is", async () => {
  expect(await reseal(database(), ring(NEW))).toEqual({ resealed: 2, unopened: [] });
  const lost = await reseal(database(), ring(OLD));
  expect(lost).toEqual({ resealed: 0, unopened: ["link-key acme/kid", "verification-key acme/material"] });
  expect(await opened(NEW)).toEqual(["the kid", "the material"]);
});

test("the command says what it did, and never a secret", async () => {
  const settings = { DATABASE_URL: database().databaseUrl, NEON_ENDPOINT: database().endpoint ?? "" };
  const done = await run({ ...settings, SECRET_KEYS: NEW });
  expect(done).toEqual({ code: 0, output: "2 secrets are sealed with key 2.\n" });
  const lost = await run({ ...settings, SECRET_KEYS: OLD });
  expect(lost.code).toBe(1);
  expect(lost.output).toContain("No key opens the link-key acme/kid: its tenant must register it again.");
  const unset = await run({ DATABASE_URL: database().databaseUrl });
  expect(unset).toEqual({ code: 1, output: "DATABASE_URL and SECRET_KEYS must be set, as the Workers have them.\n" });
  const down = await run({ ...settings, SECRET_KEYS: NEW, NEON_ENDPOINT: "http://127.0.0.1:1/sql" });
  expect(down.code).toBe(1);
  expect(down.output).toMatch(/^Resealing failed: /);
  for (const { output } of [done, lost, unset, down]) expect(output).not.toMatch(/the kid|the material|AAAA|IIII/);
});
