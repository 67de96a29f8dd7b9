import type { CrcAlgorithm } from "./checksums.ts";
import { CRC_POLYNOMIALS } from "./crc-polynomials.ts";

/**
 * What each byte does to a checksum when `slice` zero bytes follow it, at `slice * 256 + byte`; 32 bits are in `low`, the
 * upper half of 64 is in `high`.
 */
export type CrcTables = { readonly low: Int32Array; readonly high: Int32Array };

/** How many bytes a loop takes at once: twice as many do not make 64 bits faster, and crowd out the processor's cache. */
const SLICES: Readonly<Record<CrcAlgorithm, number>> = { crc32: 16, crc32c: 16, crc64nvme: 8 };

const made = new Map<CrcAlgorithm, CrcTables>();

/** Made when they are first wanted, at most 32 KiB each: a Worker that never fills starts without them. */
export function crcTables(algorithm: CrcAlgorithm): CrcTables {
  const tables = made.get(algorithm) ?? makeTables(algorithm);
  made.set(algorithm, tables);
  return tables;
}

function makeTables(algorithm: CrcAlgorithm): CrcTables {
  const entries = SLICES[algorithm] * 256;
  const low = new Int32Array(entries);
  const high = new Int32Array(entries);
  const { reflected } = CRC_POLYNOMIALS[algorithm];
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >> 1n) ^ (crc & 1n ? reflected : 0n);
    // The array keeps the lower 32 bits of what it is given.
    low[byte] = Number(crc & 0xffff_ffffn);
    high[byte] = Number(crc >> 32n);
  }
  for (let at = 256; at < entries; at += 1) {
    const [before, above] = [low[at - 256] ?? 0, high[at - 256] ?? 0];
    low[at] = (low[before & 255] ?? 0) ^ ((before >>> 8) | (above << 24));
    high[at] = (high[before & 255] ?? 0) ^ (above >>> 8);
  }
  return { low, high };
}
