import { fakeAuditLog } from "../fakes/audit-log.ts";
import { auditLogContract } from "./audit-log.contract.ts";
import { newTenant } from "./keys.ts";

auditLogContract("fake", async () => ({ log: fakeAuditLog(), tenants: [newTenant(), newTenant()] }));
