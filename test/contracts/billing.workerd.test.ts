import { inject } from "vitest";
import { postgresAccounts } from "../../src/platform/postgres/accounts.ts";
import { postgresAuditLog } from "../../src/platform/postgres/audit-log.ts";
import { postgresBilling } from "../../src/platform/postgres/billing.ts";
import { postgresBillingReports } from "../../src/platform/postgres/billing-reports.ts";
import { connect } from "../../src/platform/postgres/database.ts";
import { postgresUsage } from "../../src/platform/postgres/usage-ledger.ts";
import { billingContract } from "./billing.contract.ts";
import { billingReportsContract } from "./billing-reports.contract.ts";
import { batchOf, cellOf } from "./usage-batches.ts";

const db = connect(inject("services").database);
const parts = { accounts: postgresAccounts(db), billing: postgresBilling(db) };

billingContract("Postgres", async () => ({ ...parts, audit: postgresAuditLog(db) }));

billingReportsContract("Postgres", async () => {
  const usage = postgresUsage(db);
  return {
    ...{ ...parts, reports: postgresBillingReports(db) },
    async use(tenant, day, counts) {
      const at = Date.parse(`${day}T07:30:00Z`);
      await usage.add([batchOf([cellOf(tenant, at, counts)], at)]);
      await usage.rollUp();
    },
  };
});
