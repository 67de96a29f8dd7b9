import { env } from "cloudflare:workers";
import type { ManifestMessage } from "../../src/core/preload/manifest-message.ts";
import { queueManifests } from "../../src/platform/cloudflare/queue.ts";
import { arrived } from "../workers/arrived.ts";
import { manifestQueueContract } from "./manifest-queue.contract.ts";

manifestQueueContract("Cloudflare Queues", () => ({
  queue: queueManifests(env.CONTRACT_FILLS as Queue<unknown> as Queue<ManifestMessage>),
  arrived,
}));
