import type { OpenPipe } from "../../src/ports/pipe.ts";

/** A pipe that holds nothing, and copies: what was written may be reused. */
export const fakePipe: OpenPipe = (length) => {
  let left = length ?? Number.POSITIVE_INFINITY;
  return new TransformStream<Uint8Array, Uint8Array>(
    {
      transform(chunk, controller) {
        left -= chunk.length;
        if (left < 0) throw new RangeError("more bytes than the pipe was made for");
        controller.enqueue(chunk.slice());
      },
      flush() {
        if (length !== null && left > 0) throw new RangeError("fewer bytes than the pipe was made for");
      },
    },
    undefined,
    { highWaterMark: 0 },
  );
};
