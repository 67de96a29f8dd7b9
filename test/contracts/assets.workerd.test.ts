import { inject } from "vitest";
import { postgresAssets } from "../../src/platform/postgres/assets.ts";
import { connect } from "../../src/platform/postgres/database.ts";
import { tenants } from "../../src/platform/postgres/schema.ts";
import { assetLitterContract } from "./asset-litter.contract.ts";
import type { MakeAssets } from "./asset-rows.ts";
import { assetTokensContract } from "./asset-tokens.contract.ts";
import { assetVersionsContract } from "./asset-versions.contract.ts";
import { assetsContract } from "./assets.contract.ts";
import { newTenant } from "./keys.ts";

const db = connect(inject("services").database);

const make: MakeAssets = async () => {
  const two = [newTenant(), newTenant()] as const;
  await db.insert(tenants).values(two.map((id) => ({ id, site: id })));
  return { assets: postgresAssets(db), tenants: two };
};

assetsContract("Postgres", make);
assetVersionsContract("Postgres", make);
assetTokensContract("Postgres", make);
assetLitterContract("Postgres", make);
