import { fakeTusUploads } from "../fakes/tus-uploads.ts";
import { fakeUploads } from "../fakes/uploads.ts";
import { newTenant } from "./keys.ts";
import { tusUploadsContract } from "./tus-uploads.contract.ts";

tusUploadsContract("fake", async () => {
  const uploads = fakeUploads();
  return { uploads, tus: fakeTusUploads(uploads), tenants: [newTenant(), newTenant()] };
});
