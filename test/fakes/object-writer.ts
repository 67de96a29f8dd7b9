import type { ObjectWriter } from "../../src/ports/object-store.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Gathers the pieces and hands them to `put` when all `length` bytes are there and the caller has said so. */
export function fakeObjectWriter<Result>(length: number, put: (bytes: Bytes) => Result): ObjectWriter<Result> {
  const pieces: Bytes[] = [];
  let given = 0;
  let open = true;
  const close = () => {
    open = false;
    pieces.length = 0;
  };
  const fail = (error: Error): never => {
    close();
    throw error;
  };
  return {
    async write(bytes) {
      if (!open) throw new Error("the writer has ended");
      given += bytes.length;
      if (given > length) fail(new RangeError(`more than ${length} bytes`));
      pieces.push(bytes.slice());
    },
    async end() {
      if (!open) throw new Error("the writer has ended");
      if (given < length) fail(new RangeError(`${given} of ${length} bytes`));
      const whole = new Uint8Array(Buffer.concat(pieces));
      close();
      return put(whole);
    },
    async abort() {
      close();
    },
  };
}
