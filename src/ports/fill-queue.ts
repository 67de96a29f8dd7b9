import type { FillMessage } from "../core/fills/fill-message.ts";

/** Hands fills to the consumers. Messages arrive at least once, in any order. */
export type FillQueue = {
  send(messages: readonly FillMessage[]): Promise<void>;
  /** How many messages wait; an estimate. */
  backlog(): Promise<number>;
};
