/** Checksums that origins declare and that we can compare, the strongest first. CRC-64/NVME is what S3's SDKs add today. */
export const CHECKSUM_ALGORITHMS = ["sha256", "sha1", "md5", "crc64nvme", "crc32c", "crc32"] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** Those that can be put together from those of parts, whatever the order in which the parts were read. */
export const CRC_ALGORITHMS = ["crc64nvme", "crc32c", "crc32"] as const;
export type CrcAlgorithm = (typeof CRC_ALGORITHMS)[number];

/** Checksums of one run of bytes, in lower-case hex. */
export type Checksums = Readonly<Partial<Record<ChecksumAlgorithm, string>>>;
