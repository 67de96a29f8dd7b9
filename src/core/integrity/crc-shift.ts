import type { CrcAlgorithm } from "./checksums.ts";
import { CRC_POLYNOMIALS, type CrcPolynomial } from "./crc-polynomials.ts";

/** All parts of an object but the last are equally long: the last length of each algorithm is the next one too. */
const last = new Map<CrcAlgorithm, { readonly bytes: number; readonly factor: bigint }>();

/**
 * What a checksum becomes when `bytes` zero bytes follow: it times x^(8 * bytes), modulo the polynomial, as in
 * `crc32_combine` of zlib. Some 40 squarings for a new length, one product for the same one again.
 */
export function shiftCrc(algorithm: CrcAlgorithm, crc: bigint, bytes: number): bigint {
  const polynomial = CRC_POLYNOMIALS[algorithm];
  const known = last.get(algorithm);
  const factor = known?.bytes === bytes ? known.factor : powerOfX(polynomial, BigInt(bytes));
  last.set(algorithm, { bytes, factor });
  return product(polynomial, factor, crc);
}

/** x^(8 * bytes) modulo the polynomial. */
function powerOfX(polynomial: CrcPolynomial, bytes: bigint): bigint {
  // x^0 is the highest bit, so x^8 is eight below it.
  let result = 1n << BigInt(polynomial.width - 1);
  let square = result >> 8n;
  for (let rest = bytes; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = product(polynomial, result, square);
    square = product(polynomial, square, square);
  }
  return result;
}

/** Two polynomials multiplied without carry, modulo ours. */
function product({ width, reflected }: CrcPolynomial, one: bigint, other: bigint): bigint {
  let result = 0n;
  let shifted = other;
  for (let bit = 1n << BigInt(width - 1); bit > 0n; bit >>= 1n) {
    if (one & bit) result ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ reflected : shifted >> 1n;
  }
  return result;
}
