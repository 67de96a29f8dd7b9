import { firstStep, LARGEST_STEP_BYTES, nextStep, type Step } from "./read-step.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Nothing came, or next to nothing, for so long that nobody waits for the rest. */
export class Stalled extends Error {
  constructor(idleMs: number) {
    super(`nothing more came for ${idleMs} ms`);
    this.name = "Stalled";
  }
}

/** All of it took longer than it may, though something came all the time. */
export class TookTooLong extends Error {
  constructor() {
    super("the body took longer than it may");
    this.name = "TookTooLong";
  }
}

export type BodyReader = {
  /**
   * Reads until `view` is full or the body has ended: fewer bytes mean that. The read takes the view's buffer away, so the
   * bytes are in the view that is returned, at the same offset of a new buffer of the same length, which may be given in
   * again. `ended`: it is known that nothing follows; a body that fills the view to its last byte may not show it yet.
   * Rejects with {@link Stalled}, {@link TookTooLong}, and the body's own error, the reason of an abort included.
   */
  fill(view: Bytes): Promise<{ view: Bytes; ended: boolean }>;
  /** Whether nothing follows. What follows is lost for one byte, so this is for a body that ought to have ended. */
  atEnd(): Promise<boolean>;
  /** Lets the rest go; never rejects. A body that is neither read nor cancelled holds its connection. */
  cancel(): Promise<void>;
};

/** Reads at least `min` bytes unless the stream ends (Streams standard); not every runtime's types know that option. */
type ByteReader = {
  read(view: Bytes, options?: { min: number }): Promise<{ value?: Bytes | undefined; done: boolean }>;
  cancel(reason?: unknown): Promise<void>;
};

/**
 * Reads a body into buffers of the caller's, so that memory stays flat and the origin's many small chunks never reach
 * JavaScript one by one, which costs eight times as much. It goes in steps of about a second each, at most `stepBytes`:
 * one of them that takes longer than `idleMs` is a stall, and all must have come by `endsAt` (ms since the epoch). `came`
 * hears of all bytes, those of a body that breaks off afterwards included. The body must be a byte stream, as those of fetch and of Blob
 * are; for others this throws a TypeError.
 */
export function bodyReader(
  body: ReadableStream<Uint8Array>,
  {
    idleMs,
    endsAt = Number.POSITIVE_INFINITY,
    stepBytes = LARGEST_STEP_BYTES,
    now = Date.now,
    came,
  }: { idleMs: number; endsAt?: number; stepBytes?: number; now?: () => number; came?: (bytes: number) => void },
): BodyReader {
  const reader: ByteReader = body.getReader({ mode: "byob" });
  const cancel = (reason?: unknown) => reader.cancel(reason).catch(() => {});
  let step: Step = firstStep(now());

  async function read(view: Bytes, min: number): Promise<{ view: Bytes; done: boolean }> {
    const left = endsAt - now();
    if (left <= 0) throw new TookTooLong();
    const stall = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => {
        const reason = left < idleMs ? new TookTooLong() : new Stalled(idleMs);
        stall.reject(reason);
        cancel(reason);
      },
      Math.min(idleMs, left),
    );
    try {
      const { value, done } = await Promise.race([reader.read(view, { min }), stall.promise]);
      // Not the body's end: that still has the buffer.
      if (!value) throw new Error("the body was cancelled while it was read");
      came?.(value.byteLength);
      // Fewer than asked for mean the end, which some runtimes tell only with the next read.
      return { view: value, done: done || value.byteLength < min };
    } finally {
      clearTimeout(timer);
    }
  }

  return {
    async fill({ buffer, byteOffset, byteLength }) {
      let filled = 0;
      let ended = false;
      let into = buffer;
      while (filled < byteLength && !ended) {
        const left = byteLength - filled;
        const { view, done } = await read(
          new Uint8Array(into, byteOffset + filled, left),
          Math.min(step.bytes, stepBytes, left),
        );
        into = view.buffer;
        filled += view.byteLength;
        ended = done;
        step = nextStep(step, view.byteLength, now());
      }
      return { view: new Uint8Array(into, byteOffset, filled), ended };
    },
    async atEnd() {
      const { done } = await read(new Uint8Array(1), 1);
      return done;
    },
    cancel: () => cancel(),
  };
}
