import { partBytes } from "../core/fills/part-size.ts";
import type { ObjectHeaders, ObjectStore } from "../ports/object-store.ts";
import type { StartHash } from "../ports/running-hash.ts";

/** The body did not have the length that the origin announced. */
export class WrongLength extends Error {
  constructor(announced: number, got: string) {
    super(`the origin announced ${announced} bytes and sent ${got}`);
    this.name = "WrongLength";
  }
}

/**
 * Stores a body of exactly `length` bytes under a fresh key and returns its SHA-256 in hex. Holds one part at a time,
 * whatever the length. Either all of it is stored or, when this rejects, nothing is there to be read.
 */
export async function storeBody(
  body: ReadableStream<Uint8Array>,
  { key, length, headers }: { key: string; length: number; headers: ObjectHeaders },
  { store, startHash }: { store: ObjectStore; startHash: StartHash },
): Promise<string> {
  const hash = startHash();
  const parts = readParts(body, length);
  if (length <= partBytes(length)) {
    let whole = new Uint8Array();
    for await (const part of parts) whole = part;
    await hash.update(whole);
    await store.put(key, whole, headers);
    return await hash.digest();
  }
  const upload = await store.createMultipart(key, headers).catch(async (error: unknown) => {
    await body.cancel();
    throw error;
  });
  try {
    let number = 1;
    for await (const part of parts) {
      await hash.update(part);
      await upload.uploadPart(number++, part);
    }
    await upload.complete();
    return await hash.digest();
  } catch (error) {
    // What went wrong first is what counts; parts that stay behind are the store's to drop.
    await upload.abort().catch(() => {});
    throw error;
  }
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Reads at least `min` bytes unless the stream ends (Streams standard); not every runtime's types know that option. */
type ByteReader = {
  read(view: Bytes, options?: { min: number }): Promise<{ value?: Bytes | undefined; done: boolean }>;
  cancel(): Promise<void>;
};

/**
 * The body in equal parts, all of them views of one buffer: each is good until the next is asked for. Byte reads into
 * a buffer of ours keep JavaScript away from the origin's many small chunks. Throws {@link WrongLength}.
 */
async function* readParts(body: ReadableStream<Uint8Array>, length: number): AsyncGenerator<Bytes> {
  const reader: ByteReader = body.getReader({ mode: "byob" });
  let buffer = new ArrayBuffer(Math.max(1, Math.min(length, partBytes(length))));
  try {
    for (let left = length; left > 0; ) {
      const wanted = Math.min(left, buffer.byteLength);
      const { value } = await reader.read(new Uint8Array(buffer, 0, wanted), { min: wanted });
      if (!value || value.byteLength < wanted) throw new WrongLength(length, "fewer");
      yield value;
      buffer = value.buffer;
      left -= wanted;
    }
    // Into a byte of its own: a read takes its buffer away, and the last part may still be in use.
    const { done } = await reader.read(new Uint8Array(1));
    if (!done) throw new WrongLength(length, "more");
  } finally {
    // Also when nobody asks for more: a connection whose body is neither read nor cancelled stays open.
    await reader.cancel().catch(() => {});
  }
}
