import type { ObjectWriter } from "../../ports/object-store.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * A writer over one put, of an object or a part, of `length` bytes. A store keeps what it has the last byte of, whatever we
 * meant to do next: so that byte stays here until `end`. Pieces leave without being copied, by a stream that knows its
 * length (R2 takes no other, and neither does S3) and takes a piece only when the one before it was read. Feed it large
 * ones: each crosses into the runtime. At 8 MiB a piece it costs the CPU of a plain put, and memory does not grow with the
 * length.
 */
export function putWriter<Result>(
  length: number,
  put: (body: ReadableStream<Uint8Array>) => Promise<Result>,
): ObjectWriter<Result> {
  const { readable, writable } = new FixedLengthStream(length);
  const pipe = writable.getWriter();
  let given = 0;
  let last: Bytes = new Uint8Array();
  let open = true;
  let stored: Promise<Result> | null = null;

  /** The put under way. It may fail while nobody waits for it, so that its rejection is never an unhandled one. */
  function begin(): Promise<Result> {
    if (!stored) {
      stored = put(readable);
      stored.catch(() => {});
    }
    return stored;
  }

  async function giveUp(reason: unknown): Promise<void> {
    open = false;
    await pipe.abort(reason).catch(() => {});
  }

  /** Settles when the store has read the bytes, or does not want them any more. */
  async function send(bytes: Bytes): Promise<void> {
    const early = begin().then(() => {
      throw new Error("the store has ended the put before it had all bytes");
    });
    try {
      // The put first: it knows why, where the pipe has only heard that nobody reads.
      await Promise.race([early, pipe.write(bytes)]);
    } catch (error) {
      await giveUp(error);
      throw error;
    }
  }

  return {
    async write(bytes) {
      if (!open) throw new Error("the writer has ended");
      given += bytes.length;
      if (given > length) {
        const error = new RangeError(`more than the ${length} bytes that were announced`);
        await giveUp(error);
        throw error;
      }
      const now = given === length && bytes.length > 0 ? bytes.length - 1 : bytes.length;
      if (now < bytes.length) last = bytes.slice(now);
      if (now > 0) await send(bytes.subarray(0, now));
    },

    async end() {
      if (!open) throw new Error("the writer has ended");
      if (given < length) {
        const error = new RangeError(`${given} of the ${length} bytes that were announced`);
        await giveUp(error);
        throw error;
      }
      open = false;
      const whole = begin();
      // What fails with the last byte fails with the put, which knows why.
      for (const step of [last.length > 0 ? pipe.write(last) : null, pipe.close()]) step?.catch(() => {});
      return await whole;
    },

    async abort() {
      if (open) await giveUp(new Error("the writer was aborted"));
    },
  };
}
