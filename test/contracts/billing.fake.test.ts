import { fakeAccounts } from "../fakes/accounts.ts";
import { fakeAuditLog } from "../fakes/audit-log.ts";
import { fakeBilling, fakeBillingReports } from "../fakes/billing.ts";
import { billingContract } from "./billing.contract.ts";
import { billingReportsContract } from "./billing-reports.contract.ts";

billingContract("fake", async () => {
  const [accounts, audit] = [fakeAccounts(Date), fakeAuditLog()];
  return { accounts, audit, billing: fakeBilling({ accounts, audit }) };
});

billingReportsContract("fake", async () => {
  const accounts = fakeAccounts(Date);
  const billing = fakeBilling({ accounts, audit: fakeAuditLog() });
  const reports = fakeBillingReports({ accounts, billing });
  return {
    ...{ accounts, billing, reports },
    async use(tenant, day, counts) {
      reports.days.push({ tenant, day, counts });
    },
  };
});
