import { inject } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { postgresLedger } from "../../src/platform/postgres/entry-ledger.ts";
import { postgresPreloadBatches } from "../../src/platform/postgres/preload-batches.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { newTenant } from "./keys.ts";
import { preloadBatchesContract } from "./preload-batches.contract.ts";

const { database } = inject("services");
const db = connect(database);

preloadBatchesContract("Postgres", async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  return { ledger: postgresLedger(db, database), batches: postgresPreloadBatches(db), tenants: two };
});
