import { fromBase64 } from "../crypto/base64.ts";
import { toHex } from "../crypto/hex.ts";
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, type Checksums } from "./checksums.ts";

const BYTES: Readonly<Record<ChecksumAlgorithm, number>> = {
  sha256: 32,
  sha1: 20,
  md5: 16,
  crc64nvme: 8,
  crc32c: 4,
  crc32: 4,
};

/** A checksum as fields write it, in base64 (RFC 4648 section 4); `{}`: absent, or none of that algorithm. */
export function checksumOfBase64(algorithm: ChecksumAlgorithm, text: string | null | undefined): Checksums {
  const bytes = fromBase64(text?.trim() ?? "");
  return bytes?.length === BYTES[algorithm] ? { [algorithm]: toHex(bytes) } : {};
}

/** A checksum in hexadecimal of either letter case; `{}`: absent, or none of that algorithm. */
export function checksumOfHex(algorithm: ChecksumAlgorithm, text: string | null | undefined): Checksums {
  const digits = text?.trim().toLowerCase() ?? "";
  return digits.length === 2 * BYTES[algorithm] && /^[0-9a-f]+$/.test(digits) ? { [algorithm]: digits } : {};
}

/** All of them together, in the order of their strength; where two speak of one algorithm, the earlier source counts. */
export function firstOfEach(sources: readonly Checksums[]): Checksums {
  const pairs = CHECKSUM_ALGORITHMS.flatMap((algorithm) => {
    const value = sources.find((source) => source[algorithm] !== undefined)?.[algorithm];
    return value === undefined ? [] : [[algorithm, value]];
  });
  return Object.fromEntries(pairs);
}
