import { fakeDirectUploads } from "../fakes/direct-uploads.ts";
import { fakeObjectStore } from "../fakes/object-store.ts";
import { directUploadsContract } from "./direct-uploads.contract.ts";

directUploadsContract("fake", () => {
  const store = fakeObjectStore();
  const direct = fakeDirectUploads(store);
  return { direct, store, put: async (url, bytes) => await direct.put(url, bytes).catch(() => null) };
});
