import { anyOf, headerBinding, type Scheme } from "../scheme.ts";
import { sigV4Life } from "../sigv4-expiry.ts";

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
  const [algorithmName = "", credentialName = "", dateName = "", expiresName = "", headersName = ""] = names;
  return {
    detect: anyOf(...names),
    required: names,
    read: ({ value }) => {
      const { start, end } = sigV4Life(value(dateName), value(expiresName));
      return {
        malformed: !algorithm.test(value(algorithmName) ?? "") || !scope.test(value(credentialName) ?? ""),
        starts: [start === null ? "unreadable" : start - SKEW_MS],
        ends: [end ?? "unreadable"],
        bindings: headerBinding(value(headersName)),
      };
    },
  };
}
