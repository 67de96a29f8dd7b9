import { createHash } from "node:crypto";
import type { ByteRange } from "../../src/core/http/byte-range.ts";
import type { Clock } from "../../src/ports/clock.ts";
import {
  ChecksumRefused,
  type NativeChecks,
  type ObjectHeaders,
  type ObjectStore,
} from "../../src/ports/object-store.ts";
import { fakeMultipart, type OpenUpload } from "./multipart-uploads.ts";
import { fakeObjectWriter } from "./object-writer.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A store in a map, as strict as R2 is. `objects` by key; `uploads`, those that are open, by id. */
export type FakeObjectStore = ObjectStore & {
  readonly objects: Map<string, StoredBytes>;
  readonly uploads: Map<string, OpenUpload>;
};
export type StoredBytes = { readonly bytes: Bytes; readonly headers: ObjectHeaders; readonly storedAt: number };

/** R2's limit for one page of a listing. */
const MAX_PAGE = 1000;

export function fakeObjectStore(clock: Clock = Date): FakeObjectStore {
  const objects = new Map<string, StoredBytes>();
  const uploads = new Map<string, OpenUpload>();

  function put(key: string, bytes: Bytes, headers: ObjectHeaders, checks: NativeChecks): void {
    assertChecks(bytes, checks);
    if (objects.has(key)) throw new Error(`${key} is stored already`);
    objects.set(key, { bytes, headers, storedAt: clock.now() });
  }

  const resumeMultipart = (key: string, id: string) =>
    fakeMultipart(uploads, key, id, ({ headers }, bytes) => {
      objects.set(key, { bytes, headers, storedAt: clock.now() });
    });

  return {
    objects,
    uploads,
    resumeMultipart,
    async put(key, bytes, headers, checks = {}) {
      put(key, bytes.slice(), headers, checks);
    },
    writer(key, length, headers, checks = {}) {
      return fakeObjectWriter(length, (bytes) => put(key, bytes, headers, checks));
    },
    async createMultipart(key, headers) {
      const id = crypto.randomUUID();
      uploads.set(id, { key, headers, parts: new Map() });
      return resumeMultipart(key, id);
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
    async list({ cursor, limit }) {
      if (limit < 1 || limit > MAX_PAGE) throw new RangeError(`a page of ${limit}`);
      const keys = [...objects.keys()].filter((key) => cursor === null || key > cursor).toSorted();
      const page = keys.slice(0, limit);
      const listed = page.map((key) => {
        const { bytes, storedAt } = objects.get(key) as StoredBytes;
        return { key, size: bytes.length, storedAt };
      });
      return { objects: listed, cursor: keys.length > limit ? (page.at(-1) ?? null) : null };
    },
  };
}

/** Compares the strongest only, as R2 does. */
function assertChecks(bytes: Bytes, checks: NativeChecks): void {
  const algorithm = (["sha256", "sha1", "md5"] as const).find((name) => checks[name] !== undefined);
  if (!algorithm) return;
  const [actual, declared] = [createHash(algorithm).update(bytes).digest("hex"), checks[algorithm]];
  if (actual !== declared) throw new ChecksumRefused(`the ${algorithm} is ${actual}, and ${declared} was declared`);
}

function cut(bytes: Bytes, range: ByteRange | null): Bytes {
  if (!range) return bytes;
  const end = range.offset + range.length;
  if (range.offset >= bytes.length || end > bytes.length) throw new RangeError("the range is not inside the object");
  return bytes.slice(range.offset, end);
}
