import { fakePurgeQueue } from "../fakes/purge-queue.ts";
import { purgeQueueContract } from "./purge-queue.contract.ts";

purgeQueueContract("fake", () => {
  const queue = fakePurgeQueue();
  return { queue, arrived: async () => queue.take() };
});
