/** A digest of a stream, fed piece by piece; the bytes may be reused once `update` settles. */
export type RunningHash = {
  update(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Hex. `last` ends the run; where it is all of it, this costs less than an `update` before. */
  digest(last?: Uint8Array<ArrayBuffer>): Promise<string>;
};

export type HashAlgorithm = "sha256" | "sha1" | "md5";

export type StartHash = (algorithm: HashAlgorithm) => RunningHash;
