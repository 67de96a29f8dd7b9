type Bytes = Uint8Array<ArrayBuffer>;

/** A body as it comes, for whoever must not wait until a buffer is full. */
export type Chunks = {
  /**
   * Reads what is there, at least one byte unless the body has ended. The read takes the view's buffer away: the bytes are
   * at the same offset of the buffer of what is returned. Rejects with the body's own error or the reason of `interrupt`.
   */
  read(view: Bytes): Promise<{ readonly chunk: Bytes; readonly ended: boolean }>;
  /** For how long a read has been waiting, in ms; 0 when none is. */
  waitingMs(): number;
  /** Ends the read that waits, or else the next one. */
  interrupt(reason: Error): void;
  /** Lets the rest go; never rejects. A body that is neither read nor cancelled holds its connection. */
  cancel(): Promise<void>;
  /** Gives the body back, unread from here on. */
  release(): void;
};

/** What is used of a BYOB reader; not every runtime's types know more. */
type ByteReader = {
  read(view: Bytes): Promise<{ value?: Bytes | undefined; done: boolean }>;
  cancel(reason?: unknown): Promise<void>;
  releaseLock(): void;
};

/** The body must be a byte stream, as those of fetch and of Blob are; for others this throws a TypeError. */
export function chunksOf(body: ReadableStream<Uint8Array>, now: () => number): Chunks {
  const reader: ByteReader = body.getReader({ mode: "byob" });
  let interrupted: Error | null = null;
  let since: number | null = null;
  let interruption = Promise.withResolvers<never>();

  return {
    async read(view) {
      if (interrupted) throw interrupted;
      since = now();
      // One for each read: what waits for a promise that never settles is never forgotten.
      interruption = Promise.withResolvers();
      try {
        const { value, done } = await Promise.race([reader.read(view), interruption.promise]);
        // Not the body's end: that still has the buffer.
        if (!value) throw new Error("the body was cancelled while it was read");
        return { chunk: value, ended: done };
      } finally {
        since = null;
      }
    },
    waitingMs: () => (since === null ? 0 : now() - since),
    interrupt(reason) {
      interrupted ??= reason;
      if (since !== null) interruption.reject(interrupted);
    },
    cancel: () => reader.cancel().catch(() => {}),
    release: () => reader.releaseLock(),
  };
}
