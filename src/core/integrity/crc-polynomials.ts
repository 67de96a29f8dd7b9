import type { CrcAlgorithm } from "./checksums.ts";

/** A CRC that takes the lowest bit first, begins with all bits set and ends by turning them all over, as ours all do. */
export type CrcPolynomial = {
  /** Bits of the checksum. */
  readonly width: 32 | 64;
  /** Without its highest term; the lowest bit stands for the highest power. */
  readonly reflected: bigint;
};

/**
 * CRC-32 of IEEE 802.3 and zlib; CRC-32C (Castagnoli) of RFC 3720 section 12.1; CRC-64/NVME of the NVM Command Set
 * Specification, section 5.2.1.3.4, which S3 calls CRC64NVME:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export const CRC_POLYNOMIALS: Readonly<Record<CrcAlgorithm, CrcPolynomial>> = {
  crc32: { width: 32, reflected: 0xedb88320n },
  crc32c: { width: 32, reflected: 0x82f63b78n },
  crc64nvme: { width: 64, reflected: 0x9a6c9329ac4bc9b5n },
};
