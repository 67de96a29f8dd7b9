import { inject } from "vitest";
import { connect } from "../../src/platform/postgres/database.ts";
import { postgresOriginPrices } from "../../src/platform/postgres/origin-price-list.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { postgresTenantSettings } from "../../src/platform/postgres/tenant-settings.ts";
import { newTenant } from "./keys.ts";
import { originPriceListContract } from "./origin-price-list.contract.ts";

const db = connect(inject("services").database);

originPriceListContract("Postgres", async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  return { prices: postgresOriginPrices(db), settings: postgresTenantSettings(db), tenants: two };
});
