import type { FillMessage } from "../core/fills/fill-message.ts";

/** Hands fills to the consumers. Messages arrive at least once, in any order. */
export type FillQueue = {
  /** `delaySeconds`: how long none of them arrives, at most 12 hours. Rejects with NotSent, within 5 s. */
  send(messages: readonly FillMessage[], delaySeconds?: number): Promise<void>;
  /** How many messages wait; an estimate. */
  backlog(): Promise<number>;
};
