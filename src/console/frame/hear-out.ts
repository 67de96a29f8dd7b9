import { formBoundary } from "../../core/http/multipart-form.ts";

/**
 * Bytes of a refused form that are read all the same: all that Cloudflare takes in one request on its plans Free and Pro
 * (https://developers.cloudflare.com/workers/platform/limits/#request-limits).
 */
const MOST_BYTES = 100_000_000;
/** Bytes that are read at a time. */
const PIECE_BYTES = 2 ** 18;
const LEAST_BYTES = 2 ** 16;

/** Whether a request is a form with a file in it, which no page of ours reads by itself. */
export function hasFile({ headers }: Pick<Request, "headers">): boolean {
  return formBoundary(headers.get("Content-Type")) !== null;
}

/**
 * Reads what is left of a body, and forgets it. A browser that sends a file looks at no answer before it has sent all of it:
 * one that comes earlier, and ends the connection, it never shows.
 */
export async function hearOut(body: ReadableStream<Uint8Array>): Promise<void> {
  await readOff(piecesOf(body));
}

/** A body that can be handed on, and heard out when whoever got it has stopped in the middle. */
export function handOn(body: ReadableStream<Uint8Array>) {
  const pieces = piecesOf(body);
  const handed = new ReadableStream<Bytes>(
    {
      async pull(controller) {
        const piece = await pieces.next();
        if (piece) controller.enqueue(piece);
        else controller.close();
      },
    },
    // Not a piece ahead of who reads it.
    { highWaterMark: 0 },
  );
  return { body: handed, hearOut: async () => await readOff(pieces) };
}

type Bytes = Uint8Array<ArrayBuffer>;
/** Reads at least `min` bytes unless the stream ends (Streams standard); not every runtime's types know that option. */
type ByteReader = {
  read(view: Bytes, options: { min: number }): Promise<{ value?: Bytes | undefined; done: boolean }>;
  cancel(): Promise<void>;
};
type Pieces = { next(): Promise<Bytes | null>; cancel(): Promise<void> };

/**
 * A body in the largest pieces that are there: workerd gives 4 KiB at a time to who brings no buffer, which costs five
 * times as much.
 */
function piecesOf(body: ReadableStream<Uint8Array>): Pieces {
  const reader: ByteReader = body.getReader({ mode: "byob" });
  return {
    async next() {
      // The end may come with the last bytes, or behind them.
      const { value } = await reader.read(new Uint8Array(PIECE_BYTES), { min: LEAST_BYTES });
      return value && value.byteLength > 0 ? value : null;
    },
    cancel: () => reader.cancel(),
  };
}

async function readOff(pieces: Pieces): Promise<void> {
  try {
    for (let bytes = 0; bytes < MOST_BYTES; ) {
      const piece = await pieces.next();
      if (!piece) return;
      bytes += piece.byteLength;
    }
    await pieces.cancel();
  } catch {
    // Who sends is gone, and nobody waits for an answer.
  }
}
