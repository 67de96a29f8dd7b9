import type { RawUrl } from "../origin-url/raw-url.ts";
import { sigV4Expiry } from "../origin-url/sigv4-expiry.ts";
import { soleParameters } from "./sole-parameters.ts";

/** What differs between those who sign in the fourth version's manner. */
export type V4Dialect = {
  readonly prefix: "X-Amz-" | "X-Goog-";
  readonly algorithms: readonly string[];
  /** What a scope ends with, after date and region. */
  readonly scopeEnd: string;
};

/** What a URL says of its own signature. */
export type V4Claims = {
  readonly algorithm: string;
  readonly keyId: string;
  /** YYYYMMDD. */
  readonly date: string;
  readonly region: string;
  /** `date/region/service/terminator`. */
  readonly scope: string;
  /** YYYYMMDDTHHMMSSZ. */
  readonly timestamp: string;
  readonly signature: string;
};

const NAMES = ["Algorithm", "Credential", "Date", "Expires", "SignedHeaders", "Signature"];
const FIELDS: Readonly<Record<V4Dialect["prefix"], readonly string[]>> = {
  "X-Amz-": NAMES.map((name) => `X-Amz-${name}`),
  "X-Goog-": NAMES.map((name) => `X-Goog-${name}`),
};

/** `key/date/region/service/terminator`; a key id of an S3-compatible store may hold slashes. */
const CREDENTIAL = /^(.+)\/(\d{8})\/([^/]*)\/([^/]+\/[^/]+)$/;

/** How far a signer's clock may be ahead, in ms (AWS, "RequestTimeTooSkewed"; Google, "Signed URLs": 15 minutes). */
const SKEW = 15 * 60 * 1000;

/**
 * The claims of a URL that may count at `now`. `invalid`: malformed, over, or not begun. `unknown`: of an algorithm, for a
 * service or with signed headers that we cannot check. Stores differ about the very second of the end (MinIO and Google's manner serve
 * then); we end with its beginning, the stricter reading.
 */
export function readV4Claims(
  { parameters }: RawUrl,
  dialect: V4Dialect,
  now: number,
): V4Claims | "invalid" | "unknown" {
  const { prefix, algorithms, scopeEnd } = dialect;
  const fields = soleParameters(parameters, FIELDS[prefix]);
  if (typeof fields === "string") return fields;
  const value = (name: string) => fields[`${prefix}${name}`] ?? "";
  const algorithm = value("Algorithm");
  if (!algorithms.includes(algorithm)) return "unknown";
  const timestamp = value("Date");
  const life = Number(value("Expires")) * 1000;
  const end = sigV4Expiry(parameters, `${prefix}Date`.toLowerCase(), `${prefix}Expires`.toLowerCase());
  if (end === null || life === 0 || now >= end || now < end - life - SKEW) return "invalid";
  const [, keyId = "", date = "", region = "", ending] = CREDENTIAL.exec(value("Credential")) ?? [];
  // Another service of the vendor's signs in the same way, with a key that it derives otherwise.
  if (ending !== scopeEnd) return "unknown";
  if (!timestamp.startsWith(date) || timestamp !== written(end - life)) return "invalid";
  // Whoever sends those headers may be let in, and we do not see them.
  if (value("SignedHeaders") !== "host") return "unknown";
  const scope = `${date}/${region}/${scopeEnd}`;
  return { algorithm, keyId, date, region, scope, timestamp, signature: value("Signature") };
}

/** As a timestamp of a signature: another text for the same moment is no date of the calendar. */
function written(moment: number): string {
  return new Date(moment).toISOString().replace(/[-:]|\.000/g, "");
}
