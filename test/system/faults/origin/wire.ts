import type { Socket } from "node:net";

/** The connection that a request came by. */
export type Wire = {
  /** Settles when the bytes are on their way, or nobody wants them any more. */
  send(bytes: string | Uint8Array): Promise<void>;
  /** Breaks the connection off, as a crash does: what the other side has not read by then may be lost. */
  reset(): void;
  /** Whether the other side has left. */
  left(): boolean;
  /** Settles when it has. */
  readonly closed: Promise<unknown>;
};

/** So much is handed to the socket at a time, so that a slow reader slows us down. */
const CHUNK_BYTES = 256 * 1024;

/** `note` hears how many bytes were sent. */
export function wireOf(socket: Socket, note: (bytes: number) => void): Wire {
  const closed = new Promise((left) => socket.once("close", left));
  return {
    async send(bytes) {
      const all = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
      for (let at = 0; at < all.length && !socket.destroyed; at += CHUNK_BYTES) {
        const chunk = all.subarray(at, at + CHUNK_BYTES);
        await Promise.race([new Promise((flushed) => socket.write(chunk, flushed)), closed]);
        note(chunk.length);
      }
    },
    reset: () => void socket.resetAndDestroy(),
    left: () => socket.destroyed,
    closed,
  };
}
