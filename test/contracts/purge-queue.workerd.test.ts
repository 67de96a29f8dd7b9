import { env } from "cloudflare:workers";
import type { PurgeMessage } from "../../src/core/purge/purge-message.ts";
import { queuePurges } from "../../src/platform/cloudflare/queue.ts";
import { arrived } from "../workers/arrived.ts";
import { purgeQueueContract } from "./purge-queue.contract.ts";

purgeQueueContract("Cloudflare Queues", () => ({
  queue: queuePurges(env.CONTRACT_FILLS as Queue<unknown> as Queue<PurgeMessage>),
  arrived,
}));
