import type { ManifestMessage } from "../../src/core/preload/manifest-message.ts";
import type { ManifestQueue } from "../../src/ports/manifest-queue.ts";

/** A queue that keeps what it is sent until somebody takes it. */
export type FakeManifestQueue = ManifestQueue & {
  /** Each with the seconds by which it was held back. */
  readonly waiting: readonly { readonly message: ManifestMessage; readonly delaySeconds: number }[];
  /** All that wait, and forgets them. */
  take(): ManifestMessage[];
};

export function fakeManifestQueue(): FakeManifestQueue {
  const waiting: { message: ManifestMessage; delaySeconds: number }[] = [];
  return {
    waiting,
    take: () => waiting.splice(0).map(({ message }) => message),
    async send(messages, delaySeconds = 0) {
      // Through JSON, as on the wire: what does not survive that must not pass here either.
      for (const message of messages) waiting.push({ message: JSON.parse(JSON.stringify(message)), delaySeconds });
    },
  };
}
