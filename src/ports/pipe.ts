/**
 * Bytes that are written here and read there. A write settles when they were read, and may be reused; nothing is held in
 * between. When the reader leaves, writes reject; when the writer aborts, so do reads.
 */
export type Pipe = {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
};

/** A pipe of exactly so many bytes, so that whoever reads can be told; `null`: of any number. */
export type OpenPipe = (length: number | null) => Pipe;
