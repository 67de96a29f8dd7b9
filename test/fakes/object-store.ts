import type { ByteRange } from "../../src/core/http/byte-range.ts";
import type { MultipartUpload, ObjectHeaders, ObjectStore } from "../../src/ports/object-store.ts";

/** A store in a map, as strict as R2 is. `objects` by key. */
export type FakeObjectStore = ObjectStore & { readonly objects: Map<string, StoredBytes> };
export type StoredBytes = { readonly bytes: Uint8Array<ArrayBuffer>; readonly headers: ObjectHeaders };

export function fakeObjectStore(): FakeObjectStore {
  const objects = new Map<string, StoredBytes>();
  return {
    objects,
    async put(key, bytes, headers) {
      if (objects.has(key)) throw new Error(`${key} is stored already`);
      objects.set(key, { bytes: bytes.slice(), headers });
    },
    async createMultipart(key, headers) {
      return multipart((bytes) => objects.set(key, { bytes, headers }));
    },
    async head(key) {
      const object = objects.get(key);
      return object ? { size: object.bytes.length, headers: object.headers } : null;
    },
    async get(key, range) {
      const object = objects.get(key);
      if (!object) return null;
      const { bytes, headers } = object;
      return { size: bytes.length, headers, body: new Blob([cut(bytes, range)]).stream() };
    },
    async delete(key) {
      objects.delete(key);
    },
  };
}

function cut(bytes: Uint8Array<ArrayBuffer>, range: ByteRange | null): Uint8Array<ArrayBuffer> {
  if (!range) return bytes;
  const end = range.offset + range.length;
  if (range.offset >= bytes.length || end > bytes.length) throw new RangeError("the range is not inside the object");
  return bytes.slice(range.offset, end);
}

function multipart(store: (bytes: Uint8Array<ArrayBuffer>) => void): MultipartUpload {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let open = true;
  const assertOpen = () => {
    if (!open) throw new Error("the upload has ended");
  };
  return {
    async uploadPart(number, bytes) {
      assertOpen();
      parts[number - 1] = bytes.slice();
    },
    async complete() {
      assertOpen();
      const [first] = parts;
      const whole = Array.from(parts);
      if (!first || whole.includes(undefined as never)) throw new Error("parts are missing");
      const unequal = whole.slice(0, -1).some((part) => part.length !== first.length);
      if (unequal || (whole.at(-1) ?? first).length > first.length) throw new Error("parts are not equal");
      open = false;
      store(new Uint8Array(await new Blob(whole).arrayBuffer()));
    },
    async abort() {
      open = false;
    },
  };
}
