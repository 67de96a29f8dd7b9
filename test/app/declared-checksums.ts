import { createHash } from "node:crypto";
import type { ChecksumAlgorithm } from "../../src/core/integrity/checksums.ts";
import { startCrc } from "../../src/core/integrity/crc.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** A field by which an origin declares what its bytes are. */
export type Declaration = {
  readonly algorithm: ChecksumAlgorithm;
  readonly field: string;
  /** The field's value for these bytes. */
  readonly of: (bytes: Bytes) => string;
};

/** Hex. */
export function checksumOf(algorithm: ChecksumAlgorithm, bytes: Bytes): string {
  if (algorithm === "sha256" || algorithm === "sha1" || algorithm === "md5") {
    return createHash(algorithm).update(bytes).digest("hex");
  }
  const crc = startCrc(algorithm);
  crc.update(bytes);
  return crc.digest();
}

const base64 = (algorithm: ChecksumAlgorithm) => (bytes: Bytes) =>
  Buffer.from(checksumOf(algorithm, bytes), "hex").toString("base64");

const amazon = (algorithm: ChecksumAlgorithm): Declaration => {
  return { algorithm, field: `x-amz-checksum-${algorithm}`, of: base64(algorithm) };
};

/** One of each kind that origins send. */
export const DECLARATIONS: readonly Declaration[] = [
  { algorithm: "md5", field: "content-md5", of: base64("md5") },
  { algorithm: "md5", field: "x-ms-blob-content-md5", of: base64("md5") },
  { algorithm: "md5", field: "x-goog-hash", of: (bytes) => `md5=${base64("md5")(bytes)}` },
  { algorithm: "crc32c", field: "x-goog-hash", of: (bytes) => `crc32c=${base64("crc32c")(bytes)}` },
  { algorithm: "md5", field: "etag", of: (bytes) => `"${checksumOf("md5", bytes)}"` },
  { algorithm: "sha1", field: "x-bz-content-sha1", of: (bytes) => checksumOf("sha1", bytes) },
  { algorithm: "sha256", field: "repr-digest", of: (bytes) => `sha-256=:${base64("sha256")(bytes)}:` },
  ...(["sha256", "sha1", "crc64nvme", "crc32c", "crc32"] as const).map(amazon),
];
