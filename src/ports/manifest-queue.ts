import type { ManifestMessage } from "../core/preload/manifest-message.ts";

/** Hands manifests to the consumers. Messages arrive at least once, in any order. */
export type ManifestQueue = {
  /** `delaySeconds`: how long none of them arrives, at most 12 hours. Rejects with NotSent, within 5 s. */
  send(messages: readonly ManifestMessage[], delaySeconds?: number): Promise<void>;
};
