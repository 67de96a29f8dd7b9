import type { ByteRange } from "../core/http/byte-range.ts";
import type { ObjectHeaders } from "../core/http/delivery-headers.ts";

export type { ObjectHeaders };

export type StoredHead = { readonly size: number; readonly headers: ObjectHeaders };
export type StoredObject = StoredHead & { readonly body: ReadableStream<Uint8Array> };

/** An upload in parts. Nothing can be read before `complete`; what is never completed must be aborted. */
export type MultipartUpload = {
  /** Parts count from 1; all but the last have the same size. The bytes may be reused once the promise settles. */
  uploadPart(number: number, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Refuses when any part from 1 to the highest is missing: a store would join what it has. */
  complete(): Promise<void>;
  abort(): Promise<void>;
};

/** Where copies lie. Keys are written once. */
export type ObjectStore = {
  put(key: string, bytes: Uint8Array<ArrayBuffer>, headers: ObjectHeaders): Promise<void>;
  createMultipart(key: string, headers: ObjectHeaders): Promise<MultipartUpload>;
  head(key: string): Promise<StoredHead | null>;
  /** The range must lie inside the object; `null`: the whole. */
  get(key: string, range: ByteRange | null): Promise<StoredObject | null>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
};
