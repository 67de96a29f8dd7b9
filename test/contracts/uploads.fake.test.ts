import { fakeUploads } from "../fakes/uploads.ts";
import { newTenant } from "./keys.ts";
import { uploadsContract } from "./uploads.contract.ts";

uploadsContract("fake", async () => ({ uploads: fakeUploads(), tenants: [newTenant(), newTenant()] }));
