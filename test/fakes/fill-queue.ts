import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import type { FillQueue } from "../../src/ports/fill-queue.ts";

/** A queue that keeps what it is sent until somebody takes it. */
export type FakeFillQueue = FillQueue & {
  readonly messages: readonly FillMessage[];
  /** All that wait, and forgets them. */
  take(): FillMessage[];
};

export function fakeFillQueue(): FakeFillQueue {
  const messages: FillMessage[] = [];
  return {
    messages,
    take: () => messages.splice(0),
    async send(sent) {
      // Through JSON, as on the wire: what does not survive that must not pass here either.
      messages.push(...sent.map((message) => JSON.parse(JSON.stringify(message)) as FillMessage));
    },
    async backlog() {
      return messages.length;
    },
  };
}
