import { toBase64 } from "../../core/crypto/base64.ts";
import { fromHex } from "../../core/crypto/hex.ts";
import { ChecksumRefused, type NativeChecks, type ObjectWriter } from "../../ports/object-store.ts";
import type { RunningHash, StartHash } from "../../ports/running-hash.ts";
import { S3Refusal } from "./s3-refusal.ts";

/**
 * How the strongest digest of a put is compared. Every store knows Content-MD5. SHA is compared here as the bytes pass:
 * B2 refuses `x-amz-checksum-*` (https://www.backblaze.com/docs/cloud-storage-s3-compatible-api), GCS and others take it
 * and do not look.
 */
export type S3Check = {
  /** Those that ask the store to compare. */
  readonly headers: Readonly<Record<string, string>>;
  /** The writer, which refuses to end where we compare and the bytes are others. */
  around(writer: ObjectWriter): ObjectWriter;
  /** An error of the put as the port knows it. */
  failure(error: unknown): unknown;
};

export function s3Check({ sha256, sha1, md5 }: NativeChecks, startHash: StartHash): S3Check {
  if (sha256 !== undefined) return comparedHere("sha256", sha256, startHash);
  if (sha1 !== undefined) return comparedHere("sha1", sha1, startHash);
  return comparedThere(md5 ?? null);
}

function comparedHere(algorithm: "sha256" | "sha1", declared: string, startHash: StartHash): S3Check {
  return {
    headers: {},
    around: (writer) => comparing(writer, startHash(algorithm), algorithm, declared),
    failure: (error) => error,
  };
}

function comparedThere(md5: string | null): S3Check {
  const bytes = md5 === null ? null : fromHex(md5);
  return {
    headers: bytes === null ? {} : { "Content-MD5": toBase64(bytes) },
    around: (writer) => writer,
    failure(error) {
      if (!(error instanceof S3Refusal) || error.code !== "BadDigest" || md5 === null) return error;
      return refused("md5", md5, error.actualMd5);
    },
  };
}

/** A byte stays with the writer until its end, so that the store has not got all of them when they turn out to be others. */
function comparing(writer: ObjectWriter, hash: RunningHash, algorithm: string, declared: string): ObjectWriter {
  return {
    async write(bytes) {
      await Promise.all([writer.write(bytes), hash.update(bytes)]);
    },
    async end() {
      const actual = await hash.digest();
      if (actual === declared) return await writer.end();
      await writer.abort();
      throw refused(algorithm, declared, actual);
    },
    abort: () => writer.abort(),
  };
}

function refused(algorithm: string, declared: string, actual: string | null): ChecksumRefused {
  const found = actual === null ? "is another" : `is ${actual}`;
  return new ChecksumRefused(`the ${algorithm} of the bytes ${found}, and ${declared} was declared`);
}
