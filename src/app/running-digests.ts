import {
  type ChecksumAlgorithm,
  type Checksums,
  CRC_ALGORITHMS,
  type CrcAlgorithm,
} from "../core/integrity/checksums.ts";
import { startCrc } from "../core/integrity/crc.ts";
import type { HashAlgorithm, StartHash } from "../ports/running-hash.ts";
import type { Bytes } from "./read-pieces.ts";

/** Several checksums of one run of bytes, fed piece by piece. */
export type RunningDigests = {
  /** The bytes may be reused once it settles. */
  update(bytes: Bytes): Promise<void>;
  /** Of all that was fed, and of `last` behind it: what comes in one piece costs less so. */
  digest(last?: Bytes): Promise<Checksums>;
};

/** Starts one digest for each algorithm that is named. */
export function startDigests(algorithms: ReadonlySet<ChecksumAlgorithm>, startHash: StartHash): RunningDigests {
  const hashes = [...algorithms].filter(isHash).map((algorithm) => ({ algorithm, hash: startHash(algorithm) }));
  const crcs = [...algorithms].filter(isCrc).map((algorithm) => ({ algorithm, crc: startCrc(algorithm) }));
  return {
    async update(bytes) {
      for (const { crc } of crcs) crc.update(bytes);
      await Promise.all(hashes.map(({ hash }) => hash.update(bytes)));
    },
    async digest(last) {
      if (last) for (const { crc } of crcs) crc.update(last);
      const hashed = hashes.map(async ({ algorithm, hash }) => [algorithm, await hash.digest(last)] as const);
      const summed = crcs.map(({ algorithm, crc }) => [algorithm, crc.digest()] as const);
      return Object.fromEntries([...(await Promise.all(hashed)), ...summed]);
    },
  };
}

export function isCrc(algorithm: ChecksumAlgorithm): algorithm is CrcAlgorithm {
  return (CRC_ALGORITHMS as readonly string[]).includes(algorithm);
}

function isHash(algorithm: ChecksumAlgorithm): algorithm is HashAlgorithm {
  return !isCrc(algorithm);
}
