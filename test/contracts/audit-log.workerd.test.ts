import { inject } from "vitest";
import { postgresAuditLog } from "../../src/platform/postgres/audit-log.ts";
import { connect } from "../../src/platform/postgres/database.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { auditLogContract } from "./audit-log.contract.ts";
import { newTenant } from "./keys.ts";

const db = connect(inject("services").database);

auditLogContract("Postgres", async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  return { log: postgresAuditLog(db), tenants: two };
});
