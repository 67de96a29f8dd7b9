import type { PurgeMessage } from "../core/purge/purge-message.ts";

/** Hands large purges to the consumers. Messages arrive at least once, in any order. */
export type PurgeQueue = {
  /** `delaySeconds`: how long none of them arrives, at most 12 hours. Rejects with NotSent, within 5 s. */
  send(messages: readonly PurgeMessage[], delaySeconds?: number): Promise<void>;
};
