import { inject } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { postgresKeySettings } from "../../src/platform/postgres/key-settings.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { apiKeySettingsContract } from "./api-key-settings.contract.ts";
import { newTenant } from "./keys.ts";

const db = connect(inject("services").database);

apiKeySettingsContract("Postgres", async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  return { keys: postgresKeySettings(db), tenants: two };
});
