import { sha256 } from "../../core/crypto/digest.ts";
import { toHex } from "../../core/crypto/hex.ts";
import { type HmacKey, hmacKey, hmacSha256 } from "../../core/crypto/hmac.ts";
import { addressOf, encodedPath, encodedText, type S3Settings } from "./s3-settings.ts";

/** A URL of an object but for its moment: signed at `now` (ms since the epoch), it lives for so many seconds. */
export type Unsigned = (now: number, lifeSeconds: number) => string;

/**
 * Prepares a URL of the object for a method; `overrides` are more parameters of the query, in the order of their names.
 * `length`: the bytes that a body must have; absent: any number.
 */
export type QuerySigner = (
  method: "GET" | "HEAD" | "PUT",
  key: string,
  overrides: readonly (readonly [name: string, value: string])[],
  length?: number,
) => Unsigned;

const ALGORITHM = "AWS4-HMAC-SHA256";
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * SigV4 in the query (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html), by hand: aws4fetch,
 * which the tests compare it with and which signs everything else, costs as much as two whole redirects. A day's key is
 * made once, and the query is written in the order in which it is signed.
 */
export function querySigner(settings: S3Settings): QuerySigner {
  const { accessKeyId, secretAccessKey, region = "auto" } = settings;
  const { origin, host, pathname } = addressOf(settings, "");
  const folder = pathname.replace(/\/$/, "");

  function dayOf(now: number): Day {
    const day = new Date(now).toISOString().slice(0, 10).replaceAll("-", "");
    const scope = `${day}/${region}/s3/aws4_request`;
    const steps = [day, region, "s3", "aws4_request"];
    const start = hmacKey(`AWS4${secretAccessKey}`);
    const key = steps.reduce((above, step) => hmacKey(hmacSha256(above, step)), start);
    return { begins: now - (now % DAY_MS), day, scope, credential: encodedText(`${accessKeyId}/${scope}`), key };
  }
  let today: Day | null = null;

  return (method, key, overrides, length) => {
    const path = `${folder}/${encodedPath(key)}`;
    const [names, fields] = length === undefined ? ["", ""] : ["content-length;", `content-length:${length}\n`];
    const more = overrides.map(([name, value]) => `&${name}=${encodedText(value)}`).join("");
    return (now, lifeSeconds) => {
      if (today === null || now < today.begins || now >= today.begins + DAY_MS) today = dayOf(now);
      const moment = `${today.day}T${timeText(now - today.begins)}Z`;
      const query =
        `X-Amz-Algorithm=${ALGORITHM}&X-Amz-Credential=${today.credential}&X-Amz-Date=${moment}` +
        `&X-Amz-Expires=${lifeSeconds}&X-Amz-SignedHeaders=${encodedText(names)}host${more}`;
      const request = `${method}\n${path}\n${query}\n${fields}host:${host}\n\n${names}host\nUNSIGNED-PAYLOAD`;
      const signed = `${ALGORITHM}\n${moment}\n${today.scope}\n${toHex(sha256(request))}`;
      return `${origin}${path}?${query}&X-Amz-Signature=${toHex(hmacSha256(today.key, signed))}`;
    };
  };
}

/** A day in UTC: when it begins (ms since the epoch), what it is called, and the key of its signatures. */
type Day = {
  readonly begins: number;
  readonly day: string;
  readonly scope: string;
  readonly credential: string;
  readonly key: HmacKey;
};

/** `hhmmss` of so many ms since midnight. */
function timeText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const digits = Math.floor(seconds / 3600) * 10_000 + (Math.floor(seconds / 60) % 60) * 100 + (seconds % 60);
  return String(digits).padStart(6, "0");
}
