import { anyOf, headerBinding, type Scheme } from "../scheme.ts";
import { sigV4Expiry, sigV4Start } from "../sigv4-expiry.ts";

/** How far a signer's clock may be ahead, in ms (AWS, "RequestTimeTooSkewed": 15 minutes). */
export const SKEW_MS = 15 * 60_000;

const PARTS = ["algorithm", "credential", "date", "expires", "signedheaders", "signature"];

/**
 * What the family of SigV4 has in common, each vendor under a prefix of its own. `scope` ends the credential: date, region
 * where there is one, service and terminator.
 */
export function sigV4(
  prefix: string,
  { algorithm, scope }: { algorithm: RegExp; scope: RegExp },
): Pick<Scheme, "detect" | "required" | "read"> {
  const names = PARTS.map((part) => prefix + part);
  return {
    detect: anyOf(...names),
    required: names,
    read: ({ parameters, value }) => {
      const start = sigV4Start(parameters, `${prefix}date`);
      const end = sigV4Expiry(parameters, `${prefix}date`, `${prefix}expires`);
      return {
        malformed:
          !algorithm.test(value(`${prefix}algorithm`) ?? "") || !scope.test(value(`${prefix}credential`) ?? ""),
        starts: [start === null ? "unreadable" : start - SKEW_MS],
        ends: [end ?? "unreadable"],
        bindings: headerBinding(value(`${prefix}signedheaders`)),
      };
    },
  };
}
