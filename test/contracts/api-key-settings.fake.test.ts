import { fakeKeySettings } from "../fakes/key-settings.ts";
import { apiKeySettingsContract } from "./api-key-settings.contract.ts";
import { newTenant } from "./keys.ts";

apiKeySettingsContract("fake", async () => ({ keys: fakeKeySettings(Date), tenants: [newTenant(), newTenant()] }));
