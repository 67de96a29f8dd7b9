import { inject } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { postgresLedger } from "../../src/platform/postgres/entry-ledger.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { sharedFind } from "../../src/platform/postgres/shared-find.ts";
import { entryLedgerContract, SEARCHED } from "./entry-ledger.contract.ts";
import { newTenant } from "./keys.ts";

const { database } = inject("services");
const db = connect(database);

entryLedgerContract("Postgres", async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  return { ledger: postgresLedger(db, database, SEARCHED), tenants: two };
});

entryLedgerContract("Postgres, with one query for all who ask at once", async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  const ledger = postgresLedger(db, database, SEARCHED);
  return { ledger: { ...ledger, find: sharedFind(ledger, () => {}) }, tenants: two };
});
