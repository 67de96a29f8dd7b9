import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import type { FillQueue } from "../../src/ports/fill-queue.ts";

/** A queue that keeps what it is sent until somebody takes it. */
export type FakeFillQueue = FillQueue & {
  readonly messages: readonly FillMessage[];
  /** Seconds by which each call of `send` held its messages back, in the order of the calls. */
  readonly delays: readonly number[];
  /** All that wait, and forgets them. */
  take(): FillMessage[];
};

export function fakeFillQueue(): FakeFillQueue {
  const messages: FillMessage[] = [];
  const delays: number[] = [];
  return {
    messages,
    delays,
    take: () => messages.splice(0),
    async send(sent, delaySeconds = 0) {
      delays.push(delaySeconds);
      // Through JSON, as on the wire: what does not survive that must not pass here either.
      messages.push(...sent.map((message) => JSON.parse(JSON.stringify(message)) as FillMessage));
    },
    async backlog() {
      return messages.length;
    },
  };
}
