import type { Failure } from "../entry.ts";
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm, type Checksums } from "./checksums.ts";

/** Two checksums of one algorithm, in lower-case hex, that ought to be the same. */
export type Mismatch = { readonly algorithm: ChecksumAlgorithm; readonly declared: string; readonly computed: string };

/**
 * What has to be computed to check a body that is read once: the strongest of what is declared, so a CRC only where there
 * is no cryptographic digest. One of those proves the bytes, and a weaker one beside it proves nothing more.
 */
export function chosenChecks(declared: Checksums): readonly ChecksumAlgorithm[] {
  return CHECKSUM_ALGORITHMS.filter((algorithm) => declared[algorithm] !== undefined).slice(0, 1);
}

/** The strongest algorithm in which the two differ; `null`: they agree in all that both have, be it nothing. */
export function firstMismatch(declared: Checksums, computed: Checksums): Mismatch | null {
  for (const algorithm of CHECKSUM_ALGORITHMS) {
    const [one, other] = [declared[algorithm], computed[algorithm]];
    if (one !== undefined && other !== undefined && one !== other) return { algorithm, declared: one, computed: other };
  }
  return null;
}

/** What people are told of it. */
export function mismatchFailure({ algorithm, declared, computed }: Mismatch): Failure {
  return {
    code: "DIGEST_MISMATCH",
    message: `The origin declared ${algorithm} ${declared} and sent bytes with ${algorithm} ${computed}.`,
  };
}
