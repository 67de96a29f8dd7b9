import { fakeAssets } from "../fakes/assets.ts";
import { assetLitterContract } from "./asset-litter.contract.ts";
import type { MakeAssets } from "./asset-rows.ts";
import { assetTokensContract } from "./asset-tokens.contract.ts";
import { assetVersionsContract } from "./asset-versions.contract.ts";
import { assetsContract } from "./assets.contract.ts";
import { newTenant } from "./keys.ts";

const make: MakeAssets = async () => ({ assets: fakeAssets(), tenants: [newTenant(), newTenant()] });

assetsContract("fake", make);
assetVersionsContract("fake", make);
assetTokensContract("fake", make);
assetLitterContract("fake", make);
