import { type MultipartUpload, type ObjectHeaders, PartUnknown, UploadGone } from "../../src/ports/object-store.ts";
import { fakeObjectWriter } from "./object-writer.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** An upload that was neither completed nor aborted; `parts` by number. */
export type OpenUpload = {
  readonly key: string;
  readonly headers: ObjectHeaders;
  readonly parts: Map<number, { readonly etag: string; readonly bytes: Bytes }>;
};

/** R2's limit. */
const MAX_PARTS = 10_000;

/**
 * The upload of this id, whether it is open shows with each call. As R2 does, refuses parts that are not equal, the last
 * one excepted, and etags of parts that were sent again since; parts may be as small as a test wants them.
 */
export function fakeMultipart(
  uploads: Map<string, OpenUpload>,
  key: string,
  id: string,
  store: (upload: OpenUpload, bytes: Bytes) => void,
): MultipartUpload {
  const opened = () => {
    const upload = uploads.get(id);
    if (upload?.key !== key) throw new UploadGone();
    return upload;
  };
  const keep = (number: number, bytes: Bytes): string => {
    if (number < 1 || number > MAX_PARTS) throw new RangeError(`there is no part ${number}`);
    const etag = crypto.randomUUID();
    opened().parts.set(number, { etag, bytes });
    return etag;
  };
  return {
    id,
    async uploadPart(number, bytes) {
      return keep(number, bytes.slice());
    },
    partWriter(number, length) {
      return fakeObjectWriter(length, (bytes) => keep(number, bytes));
    },
    async complete(parts) {
      const upload = opened();
      const ordered = parts.toSorted((a, b) => a.number - b.number);
      if (ordered.length === 0 || ordered.some(({ number }, at) => number !== at + 1)) {
        throw new Error("parts are missing");
      }
      const named = ordered.map(({ number, etag }) => {
        const part = upload.parts.get(number);
        if (part?.etag !== etag) throw new PartUnknown();
        return part.bytes;
      });
      const size = named[0]?.length ?? 0;
      const unequal = named.slice(0, -1).some((part) => part.length !== size);
      if (unequal || (named.at(-1)?.length ?? 0) > size) throw new Error("parts are not equal (10048)");
      uploads.delete(id);
      store(upload, new Uint8Array(Buffer.concat(named)));
    },
    async abort() {
      if (uploads.get(id)?.key === key) uploads.delete(id);
    },
  };
}
