import { inject } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { postgresTusUploads } from "../../src/platform/postgres/tus-uploads.ts";
import { postgresUploads } from "../../src/platform/postgres/uploads.ts";
import { newTenant } from "./keys.ts";
import { tusUploadsContract } from "./tus-uploads.contract.ts";

const db = connect(inject("services").database);

tusUploadsContract("Postgres", async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  return { uploads: postgresUploads(db), tus: postgresTusUploads(db), tenants: two };
});
