import type { ByteRange } from "../core/http/byte-range.ts";
import type { ObjectHeaders } from "../core/http/delivery-headers.ts";
import type { Checksums } from "../core/integrity/checksums.ts";

export type { ObjectHeaders };

export type StoredHead = { readonly size: number; readonly headers: ObjectHeaders };
export type StoredObject = StoredHead & { readonly body: ReadableStream<Uint8Array> };

/** An object as a listing shows it; `storedAt` in ms since the epoch. */
export type ListedObject = { readonly key: string; readonly size: number; readonly storedAt: number };

type Bytes = Uint8Array<ArrayBuffer>;

/** A part as the store wants it named when it is joined. */
export type StoredPart = { readonly number: number; readonly etag: string };

/**
 * An upload in parts. Nothing can be read before `complete`; what is never completed must be aborted. What is asked of one
 * that has ended rejects with {@link UploadGone}.
 */
export type MultipartUpload = {
  /** Names the upload to whoever goes on with it. */
  readonly id: string;
  /**
   * Parts count from 1; all but the last have the same size, and one that is sent again takes the other's place. The bytes
   * may be reused once the promise settles. Returns the part's etag.
   */
  uploadPart(number: number, bytes: Bytes): Promise<string>;
  /** As `uploadPart`, for `length` bytes that come in pieces; `end` returns the part's etag. */
  partWriter(number: number, length: number): ObjectWriter<string>;
  /**
   * Refuses when any part from 1 to the highest is missing: a store would join what it is named. Rejects with
   * {@link PartUnknown} where one has other bytes by now.
   */
  complete(parts: readonly StoredPart[]): Promise<void>;
  /** Of what is ended already: no error. */
  abort(): Promise<void>;
};

/** An object, or a part, that is written piece by piece; nothing of it can be read before `end` settles. */
export type ObjectWriter<Result = void> = {
  /** Settles when the store has taken the bytes, which may then be reused. */
  write(bytes: Bytes): Promise<void>;
  /** Rejects, with nothing stored, when the bytes are not `length` ones, or not what `checks` declares. */
  end(): Promise<Result>;
  /** Gives up; nothing is stored. Never rejects. */
  abort(): Promise<void>;
};

/** The upload, or a part as it is named, is not there (any more): what was stored of it is lost. */
export class UploadGone extends Error {
  constructor(options?: ErrorOptions) {
    super("the upload is gone", options);
    this.name = "UploadGone";
  }
}

/** The upload is there, and has another part in the place of one that was named, or none. */
export class PartUnknown extends UploadGone {}

/** The bytes were not what was declared: the store checked, and kept nothing. */
export class ChecksumRefused extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ChecksumRefused";
  }
}

/** What of `checks` a store compares by itself while it stores. */
export type NativeChecks = Pick<Checksums, "md5" | "sha1" | "sha256">;

/** Where copies lie. Keys are written once. No error tells the address of a store, or a credential for it. */
export type ObjectStore = {
  /** Has the store check the strongest of `checks`: {@link ChecksumRefused}. */
  put(key: string, bytes: Bytes, headers: ObjectHeaders, checks?: NativeChecks): Promise<void>;
  /** As `put`, for `length` bytes that come in pieces. */
  writer(key: string, length: number, headers: ObjectHeaders, checks?: NativeChecks): ObjectWriter;
  createMultipart(key: string, headers: ObjectHeaders): Promise<MultipartUpload>;
  /** An upload that somebody began. Whether it is still there shows with its first call. */
  resumeMultipart(key: string, id: string): MultipartUpload;
  head(key: string): Promise<StoredHead | null>;
  /** The range must lie inside the object; `null`: the whole. */
  get(key: string, range: ByteRange | null): Promise<StoredObject | null>;
  /** Deleting what is not there is no error. */
  delete(key: string): Promise<void>;
  /** Up to `limit` (at most 1,000) objects in the order of their keys; `cursor` is one that an earlier page gave. */
  list(options: {
    readonly cursor: string | null;
    readonly limit: number;
  }): Promise<{ readonly objects: readonly ListedObject[]; readonly cursor: string | null }>;
};
