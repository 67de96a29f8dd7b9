import { inject } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { postgresPurgeJobs } from "../../src/platform/postgres/purge-jobs.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { newTenant } from "./keys.ts";
import { purgeJobsContract } from "./purge-jobs.contract.ts";

const db = connect(inject("services").database);

purgeJobsContract("Postgres", async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  return { jobs: postgresPurgeJobs(db), tenants: two };
});
