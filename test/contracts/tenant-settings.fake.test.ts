import { fakeTenantSettings } from "../fakes/tenant-settings.ts";
import { tenantSettingsContract } from "./tenant-settings.contract.ts";

tenantSettingsContract("fake", async (known) => fakeTenantSettings(known));
