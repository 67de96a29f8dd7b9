import { fakeFillQueue } from "../fakes/fill-queue.ts";
import { fillQueueContract } from "./fill-queue.contract.ts";

fillQueueContract("fake", () => {
  const queue = fakeFillQueue();
  return { queue, arrived: async () => queue.take() };
});
