/** Where what reads a body takes its buffer from, and whom it gives it back to when nobody needs its bytes any more. */
export type Buffers = {
  /** Of at least so many bytes; what they are is not said. */
  take(bytes: number): ArrayBuffer;
  give(buffer: ArrayBuffer): void;
};

const MIB = 2 ** 20;
/** Bytes that are kept for the next bodies: two parts of unknown length, or what the lanes of two objects hold. */
const SPARE_BYTES = 16 * MIB;
/** Few sizes, so that the next body finds one: of a lane's piece, of a whole's, of a part by tus and one of unknown length. */
const SIZES = [MIB, 2 * MIB, 5 * MIB, 8 * MIB];
/** Smaller ones are no burden. */
const LEAST_BYTES = MIB / 4;

/** A new one each time, which belongs to whoever reads. */
export const NEW_BUFFERS: Buffers = { take: (bytes) => new ArrayBuffer(bytes), give: () => {} };

/**
 * Buffers that went from body to body: V8 lets some sixty MB of used ones pile up before it collects any, and an isolate
 * has 128. For those who are through with a piece before they ask for the next, and with the last before they go on.
 */
export function spareBuffers(): Buffers {
  const spares: ArrayBuffer[] = [];
  return {
    take(bytes) {
      if (bytes < LEAST_BYTES) return new ArrayBuffer(bytes);
      const size = SIZES.find((each) => each >= bytes) ?? bytes;
      const at = spares.findIndex(({ byteLength }) => byteLength === size);
      // One of another size goes for the new one, so that what is held does not grow.
      const [spare] = spares.splice(Math.max(0, at), 1);
      return spare?.byteLength === size ? spare : new ArrayBuffer(size);
    },
    give(buffer) {
      // Those of a read that never came back are gone: nothing is left of the buffer.
      if (buffer.byteLength < LEAST_BYTES) return;
      spares.push(buffer);
      while (spares.reduce((sum, { byteLength }) => sum + byteLength, 0) > SPARE_BYTES) spares.shift();
    },
  };
}

/** Those of this isolate. */
export const SPARE_BUFFERS = spareBuffers();
