/** SHA-256 of a stream, fed piece by piece; the bytes may be reused once `update` settles. */
export type RunningHash = {
  update(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Hex. */
  digest(): Promise<string>;
};

export type StartHash = () => RunningHash;
