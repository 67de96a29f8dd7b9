import type { OpenPipe } from "../../ports/pipe.ts";
import type { InBackground } from "../in-background.ts";
import { firstStep, nextStep } from "../read-step.ts";

/**
 * Bytes that go out at a time at most: what a client has taken is known to within one piece. Smaller and larger ones cost
 * more CPU: a MiB by itself 0.44 ms, in pieces of 256 KiB 0.71, of 1 MiB 0.64, of 4 MiB 0.73, by `pipeTo` 0.55, which tells
 * nothing of a client that left. What else was tried is in bench/RESULTS.md.
 */
export const PIECE_BYTES = 2 ** 20;
/** The same while many downloads are under way: each holds a piece of the isolate's 128 MB. */
const SMALL_PIECE_BYTES = 2 ** 16;
/** How many are many. */
const MANY = 24;

type Bytes = Uint8Array<ArrayBuffer>;

/** Reads at least `min` bytes unless the stream ends (Streams standard); not every runtime's types know that option. */
type ByteReader = {
  read(view: Bytes, options: { min: number }): Promise<{ value?: Bytes | undefined; done: boolean }>;
  cancel(reason?: unknown): Promise<void>;
};

/** Downloads that are being counted in this isolate, and buffers that some of those before have left. */
let underWay = 0;
const spares: ArrayBuffer[] = [];
const MOST_SPARES = 8;

/** Hears of bytes as they are read, and as the client has taken them. */
export type Meter = {
  came?(bytes: number): void;
  taken(bytes: number): void;
};

export type MeteredParts = { readonly openPipe: OpenPipe; readonly inBackground: InBackground };

/** The same body, whose bytes are counted as they pass. `length` in bytes; `null`: nobody knows. */
export function metered(
  body: ReadableStream<Uint8Array>,
  length: number | null,
  meter: Meter,
  { openPipe, inBackground }: MeteredParts,
): ReadableStream<Uint8Array> {
  const { readable, writable } = openPipe(length);
  inBackground(pipeMetered(body, writable, meter));
  return readable;
}

/**
 * Pipes a body in large pieces, and counts them. A body that breaks off does so for the reader, too, and one whose reader
 * has left is cancelled. Steps follow the pace, so that nobody waits for a piece to be full. Never rejects.
 */
export async function pipeMetered(
  body: ReadableStream<Uint8Array>,
  writable: WritableStream<Uint8Array>,
  { came, taken, now = Date.now }: Meter & { readonly now?: () => number },
): Promise<void> {
  const most = underWay < MANY ? PIECE_BYTES : SMALL_PIECE_BYTES;
  const writer = writable.getWriter();
  underWay += 1;
  try {
    for await (const piece of piecesOf(body, most, now)) {
      const { byteLength } = piece;
      came?.(byteLength);
      await writer.write(piece);
      taken(byteLength);
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
  } finally {
    underWay -= 1;
  }
}

/** Each is good until the next is asked for. The body is cancelled when nobody asks for more. */
async function* piecesOf(
  body: ReadableStream<Uint8Array>,
  most: number,
  now: () => number,
): AsyncGenerator<Uint8Array, void> {
  const reader = byteReader(body);
  // What undoes a coding need not be a byte stream.
  if (reader === null) return yield* body;
  let step = firstStep(now());
  let buffer = (most === PIECE_BYTES && spares.pop()) || new ArrayBuffer(most);
  try {
    for (;;) {
      const min = Math.min(step.bytes, most);
      const { value, done } = await reader.read(new Uint8Array(buffer, 0, most), { min });
      if (!value) throw new Error("the body was cancelled while it was read");
      buffer = value.buffer;
      if (value.byteLength > 0) yield value;
      if (done) return;
      step = nextStep(step, value.byteLength, now());
    }
  } finally {
    // That of a read which never came back is gone.
    if (buffer.byteLength === PIECE_BYTES && spares.length < MOST_SPARES) spares.push(buffer);
    await reader.cancel().catch(() => {});
  }
}

function byteReader(body: ReadableStream<Uint8Array>): ByteReader | null {
  try {
    return body.getReader({ mode: "byob" });
  } catch (error) {
    if (error instanceof TypeError && !body.locked) return null;
    throw error;
  }
}
