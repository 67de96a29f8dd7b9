import { inject } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { postgresLedger } from "../../src/platform/postgres/entry-ledger.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { entryLedgerContract } from "./entry-ledger.contract.ts";
import { newTenant } from "./keys.ts";

const db = connect(inject("services").database);

entryLedgerContract("Postgres", async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  return { ledger: postgresLedger(db), tenants: two };
});
