import { inject } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { postgresUploads } from "../../src/platform/postgres/uploads.ts";
import { newTenant } from "./keys.ts";
import { uploadsContract } from "./uploads.contract.ts";

const db = connect(inject("services").database);

uploadsContract("Postgres", async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  return { uploads: postgresUploads(db), tenants: two };
});
