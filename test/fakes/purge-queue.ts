import type { PurgeMessage } from "../../src/core/purge/purge-message.ts";
import type { PurgeQueue } from "../../src/ports/purge-queue.ts";

/** A queue that keeps what it is sent until somebody takes it. */
export type FakePurgeQueue = PurgeQueue & {
  /** Each with the seconds by which it was held back. */
  readonly waiting: readonly { readonly message: PurgeMessage; readonly delaySeconds: number }[];
  /** All that wait, and forgets them. */
  take(): PurgeMessage[];
};

export function fakePurgeQueue(): FakePurgeQueue {
  const waiting: { message: PurgeMessage; delaySeconds: number }[] = [];
  return {
    waiting,
    take: () => waiting.splice(0).map(({ message }) => message),
    async send(messages, delaySeconds = 0) {
      // Through JSON, as on the wire: what does not survive that must not pass here either.
      for (const message of messages) waiting.push({ message: JSON.parse(JSON.stringify(message)), delaySeconds });
    },
  };
}
