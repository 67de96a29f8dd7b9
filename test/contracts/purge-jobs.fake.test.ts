import { fakePurgeJobs } from "../fakes/purge-jobs.ts";
import { newTenant } from "./keys.ts";
import { purgeJobsContract } from "./purge-jobs.contract.ts";

purgeJobsContract("fake", async () => ({ jobs: fakePurgeJobs(), tenants: [newTenant(), newTenant()] }));
