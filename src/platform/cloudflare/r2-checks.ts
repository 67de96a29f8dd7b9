import { ChecksumRefused, type NativeChecks } from "../../ports/object-store.ts";
import { R2_BAD_DIGEST, r2ErrorCode } from "./r2-errors.ts";

/** What R2 compares while it stores, the strongest first; two of them in one call are refused. */
const STRONGEST_FIRST = ["sha256", "sha1", "md5"] as const;

/** One digest, in hex. */
export type R2Check = { readonly algorithm: keyof NativeChecks; readonly declared: string };

/** The one digest that R2 is given to compare: it costs us no CPU. `null`: nothing that R2 knows is declared. */
export function r2Check(checks: NativeChecks): R2Check | null {
  for (const algorithm of STRONGEST_FIRST) {
    const declared = checks[algorithm];
    if (declared !== undefined) return { algorithm, declared };
  }
  return null;
}

/** The error of a put as the port knows it: R2's refusal of the digest tells both values. */
export function putFailure(error: unknown, check: R2Check | null): unknown {
  if (!check || r2ErrorCode(error) !== R2_BAD_DIGEST) return error;
  // R2 writes "Actual MD5 was: …" below the value that it was given.
  const actual = error instanceof Error ? /Actual \S+ was: ([0-9a-f]+)/i.exec(error.message)?.[1] : undefined;
  const { algorithm, declared } = check;
  const found = actual === undefined ? "is another" : `is ${actual.toLowerCase()}`;
  return new ChecksumRefused(`the ${algorithm} of the bytes ${found}, and ${declared} was declared`, { cause: error });
}
