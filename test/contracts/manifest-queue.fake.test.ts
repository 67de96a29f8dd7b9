import { fakeManifestQueue } from "../fakes/manifest-queue.ts";
import { manifestQueueContract } from "./manifest-queue.contract.ts";

manifestQueueContract("fake", () => {
  const queue = fakeManifestQueue();
  return { queue, arrived: async () => queue.take() };
});
