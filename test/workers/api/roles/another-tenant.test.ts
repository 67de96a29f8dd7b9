import { beforeAll, describe, expect, test, vi } from "vitest";
import { entryKey } from "../../../../src/core/entry-key.ts";
import type { TenantId } from "../../../../src/core/tenant.ts";
import {
  apiKeys,
  entries,
  linkKeys,
  originRules,
  purgeJobs,
  tenantCnames,
  tenantHosts,
  verificationKeys,
} from "../../../../src/platform/postgres/schema.ts";
import { assetContents, assets, assetTokens } from "../../../../src/platform/postgres/schema-assets.ts";
import { preloadBatches } from "../../../../src/platform/postgres/schema-preload.ts";
import { postgresUploads } from "../../../../src/platform/postgres/uploads.ts";
import { newPlan } from "../../../contracts/uploads.contract.ts";
import { CALLS } from "./calls.ts";
import { db, deployment, keyOf, newTenantRow, personAs } from "./roles-world.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ask = deployment();
let [acme, other] = ["", ""] as unknown as [TenantId, TenantId];
/** By the path's beginning, the id of something that is another tenant's. */
let theirs: Record<string, string> = {};
/** Names a private link to their asset. */
let token = "";

beforeAll(async () => {
  [acme, other] = [await newTenantRow(), await newTenantRow()];
  const now = new Date();
  const id = crypto.randomUUID();
  const row = { tenantId: other };
  const [rule] = await db
    .insert(originRules)
    .values({ ...row, scheme: "https", host: "a.example", port: 443 })
    .returning();
  await db.insert(tenantHosts).values({ ...row, host: `${id}.example.com` });
  await db.insert(tenantCnames).values({ ...row, host: `${id}.example.com`, bucket: "s3:aws/media" });
  await db.insert(linkKeys).values({ ...row, kid: id, sealed: "sealed" });
  await db.insert(verificationKeys).values({ ...row, id, kind: "s3-secret", name: "AKIA", sealed: "sealed" });
  await db.insert(preloadBatches).values({ ...row, id, createdAt: now });
  await db.insert(purgeJobs).values({ ...row, id, selection: { by: "all" }, soft: false, createdAt: now });
  await db.insert(apiKeys).values({ ...row, id, hash: id, name: "theirs" });
  await db.insert(entries).values({
    ...{
      ...row,
      id: (await entryKey(other, { by: "custom", key: id })).id,
      publicKey: id,
      state: "purged",
      fence: 1,
      boundTo: "identity",
      trusted: true,
    },
    ...{ sourceUrl: "https://a.example/a", createdAt: now, updatedAt: now },
  });
  const asset = await uploadedAsset(other);
  token = crypto.randomUUID();
  await db.insert(assetTokens).values({ assetId: asset, id: token, hash: token, expiresAt: now, createdAt: now });
  const upload = newPlan(other);
  await postgresUploads(db).begin(upload);
  theirs = { assets: asset, "api/upload": upload.id, origins: String(rule?.id) };
  for (const path of ["hosts", "cnames"]) theirs[path] = `${id}.example.com`;
  for (const path of ["cache", "preload", "purge", "keys", "link-keys", "verification-keys"]) theirs[path] = id;
});

/** An asset of this tenant's, with one version. */
async function uploadedAsset(tenantId: TenantId): Promise<string> {
  const [id, content, now] = [crypto.randomUUID(), crypto.randomUUID(), new Date()];
  await db.insert(assetContents).values({
    ...{ id: content, tenantId, assetId: id, objectKey: content, size: 5, sha256: "0".repeat(64) },
    ...{ createdAt: now, storedAt: now },
  });
  const row = { id, tenantId, filename: "a", isPublic: false, contentId: content, contentSince: now };
  await db.insert(assets).values({ ...row, createdAt: now, updatedAt: now });
  return id;
}

/** Uploads by tus are asked for in their protocol, and so they are in its test. */
const OF_ONE = CALLS.filter(
  ([, path, needs]) => path.includes("{") && !["operator", "service"].includes(needs) && !path.startsWith("/files/"),
);
/** What the calls that take a body take, so that nothing but the id is wrong. */
const BODIES: Record<string, unknown> = {
  "PATCH /origins/{id}": { tags: [] },
  "POST /keys/{id}/rotate": {},
  "PATCH /assets/{id}": { is_public: true },
  "POST /assets/{id}/rollback": { version_number: 1 },
  "POST /verification-keys/{id}/rotate": {
    kind: "s3_secret",
    access_key_id: "AKIA",
    secret_access_key: "x".repeat(40),
  },
};

describe("what is another tenant's is told like what nobody has", () => {
  test.each(OF_ONE)("%s %s", async (method, path) => {
    const area = path.slice(1, path.indexOf("/{"));
    const id = theirs[area] ?? "";
    expect(id).not.toBe("");
    const body = BODIES[`${method} ${path}`];
    for (const as of [personAs("owner", acme), await keyOf(acme, ["admin"])]) {
      const asked = await ask(method, path.replace("{token_id}", token).replace(/\{\w+\}/, id), { as, body });
      const none = area === "origins" ? "2000000000" : "nobodys";
      const nobodys = await ask(method, path.replace(/\{\w+\}/g, none), { as, body });
      expect([asked.status, asked.code]).toEqual([404, nobodys.code]);
      expect(nobodys.status).toBe(404);
      expect(JSON.stringify(asked.body)).not.toContain(other);
    }
  });

  test("and is theirs all the same", async () => {
    const as = personAs("owner", other);
    for (const [area, id] of Object.entries(theirs)) {
      if (area === "link-keys" || area === "verification-keys" || area === "cnames") continue;
      expect([
        area,
        (await ask("GET", `/${area}/${id}${area === "api/upload" ? "/status" : ""}`, { as })).status,
      ]).toEqual([area, 200]);
    }
  });

  test("and so is the tenant itself", async () => {
    const as = personAs("owner", acme);
    const named = await ask("GET", `/origins?site=${other}`, { as });
    const nobodys = await ask("GET", "/origins?site=nobody", { as });
    expect([named.status, named.code]).toEqual([404, "UNKNOWN_TENANT"]);
    expect([nobodys.status, nobodys.code]).toEqual([404, "UNKNOWN_TENANT"]);
    expect((await ask("GET", `/tenants/${other}`, { as })).code).toBe("INSUFFICIENT_SCOPE");
  });

  test("and no list or log tells of it", async () => {
    // One that has not asked for it by name: what is in the log it has put there itself.
    const as = personAs("owner", await newTenantRow());
    for (const path of [
      "/origins",
      "/hosts",
      "/cnames",
      "/link-keys",
      "/verification-keys",
      "/keys",
      "/cache",
      "/audit",
      "/assets",
    ]) {
      const { status, body } = await ask("GET", path, { as });
      expect([path, status]).toEqual([path, 200]);
      for (const id of [other, ...Object.values(theirs)].filter((each) => each.length > 8)) {
        expect(JSON.stringify(body)).not.toContain(id);
      }
    }
  });
});
