import { eq } from "drizzle-orm";
import { inject } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { entries, tenants } from "../../src/platform/postgres/schema.ts";
import { assetContents } from "../../src/platform/postgres/schema-assets.ts";
import { storageDays } from "../../src/platform/postgres/schema-savings.ts";
import { postgresStorage } from "../../src/platform/postgres/storage-ledger.ts";
import { newTenant } from "./keys.ts";
import { storageLedgerContract } from "./storage-ledger.contract.ts";

const db = connect(inject("services").database);

storageLedgerContract("Postgres", async () => {
  // Nobody else of this database looks, and all of it is looked at together.
  await db.delete(storageDays);
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  return {
    storage: postgresStorage(db),
    tenants: two,
    async store(tenantId, bytes) {
      await db.delete(entries).where(eq(entries.tenantId, tenantId));
      await db.delete(assetContents).where(eq(assetContents.tenantId, tenantId));
      const entry = { tenantId, state: "ready" as const, fence: 1, boundTo: "identity", trusted: true };
      const times = { sourceUrl: "https://a.example/a", createdAt: new Date(), updatedAt: new Date() };
      const sizes = bytes === 0 ? [null] : [1, null, bytes - 2];
      await db
        .insert(entries)
        .values(sizes.map((size, at) => ({ ...entry, ...times, id: `e${at}`, publicKey: `e${at}`, size })));
      if (bytes === 0) return;
      const asset = { size: 1, sha256: "0".repeat(64), storedAt: new Date(), createdAt: new Date() };
      await db
        .insert(assetContents)
        .values({ ...asset, id: newTenant(), tenantId, assetId: "a", objectKey: newTenant() });
    },
  };
});
