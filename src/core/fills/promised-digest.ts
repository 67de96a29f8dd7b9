import type { Failure } from "../entry.ts";
import type { ChecksumAlgorithm, Checksums } from "../integrity/checksums.ts";
import { chosenChecks } from "../integrity/compare.ts";

/** UUIDs of version 4 and 7 (RFC 9562) without their hyphens, as many make keys of: they promise nothing of any bytes. */
const UUID = /^[0-9a-f]{12}[47][0-9a-f]{3}[89ab][0-9a-f]{15}$/i;

/**
 * What a key in the form of a digest promises of the bytes, to whoever asks for it without a URL: 64 hex digits are their
 * SHA-256, 32 their MD5, in either letter case. Any other key promises nothing, nor do the one in 32 of MD5's digests that
 * look like a UUID.
 */
export function promisedChecksums(publicKey: string): Checksums {
  if (!/^(?:[0-9a-f]{32}){1,2}$/i.test(publicKey) || UUID.test(publicKey)) return {};
  const digest = publicKey.toLowerCase();
  return digest.length === 64 ? { sha256: digest } : { md5: digest };
}

/** What must be computed of bytes to compare them with what the origin declared and with what their key promises. */
export function neededChecks(declared: Checksums, publicKey: string): readonly ChecksumAlgorithm[] {
  return [...chosenChecks(declared), ...(Object.keys(promisedChecksums(publicKey)) as ChecksumAlgorithm[])];
}

/** What is wrong with bytes under a key that promises what they are; `null`: nothing. Fails closed: unproved is broken. */
export function brokenPromise(publicKey: string, computed: Checksums): Failure | null {
  const { sha256, md5 } = promisedChecksums(publicKey);
  if (sha256 !== undefined && sha256 !== computed.sha256) return broken("a SHA-256", computed.sha256);
  if (md5 !== undefined && md5 !== computed.md5) return broken("an MD5", computed.md5);
  return null;
}

function broken(kind: string, computed: string | undefined): Failure {
  const found = computed === undefined ? "that of the bytes is not known" : `the bytes have another: ${computed}`;
  return { code: "DIGEST_MISMATCH", message: `The key is ${kind}, and ${found}.` };
}
