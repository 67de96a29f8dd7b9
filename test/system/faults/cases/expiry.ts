import { randomBytes } from "node:crypto";
import type { FaultCase } from "../fault-case.ts";
import { once, sendCut, well } from "../origin/answers.ts";
import { type Body, IN_THE_MIDDLE, LARGE, SMALL } from "../origin/bodies.ts";
import type { Misbehaviour } from "../origin/raw-origin.ts";

/** What is too short to fetch an object that drips, and long enough to begin. */
const LIFE_S = 8;
/** Below the idle limit. */
const PAUSE_MS = 250;
/** After a fast beginning anything slower than 1 MiB within the idle limit would be a stall (src/app/read-step.ts). */
const SLOW_BYTES = 512 * 1024;

/** A path under a scheme that tells when it ends, as S3's own would. */
export function expiringPath(seconds = LIFE_S): string {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const query = new URLSearchParams({
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": `KEY/${date.slice(0, 8)}/auto/s3/aws4_request`,
    "X-Amz-Date": date,
    "X-Amz-Expires": String(seconds),
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": randomBytes(32).toString("hex"),
  });
  return `/bucket/object?${query}`;
}

/** Some bytes come at once, then a few at a time until the URL has ended, and then the connection breaks off. */
function breaksWhenExpired(body: Body, atOnce: number, few: number): Misbehaviour {
  return async (_, wire) => {
    const endsAt = Date.now() + LIFE_S * 1000;
    await sendCut(wire, body, atOnce);
    for (let at = atOnce; Date.now() < endsAt && !wire.left(); at += few) {
      await wire.send(body.bytes.subarray(at, at + few));
      await new Promise((passed) => setTimeout(passed, PAUSE_MS));
    }
    wire.reset();
  };
}

const EXPIRED = { failed: "URL_EXPIRED" } as const;

export const EXPIRED_LARGE: FaultCase = {
  name: "70 MiB, expired in the middle",
  origin: once(breaksWhenExpired(LARGE, IN_THE_MIDDLE, SLOW_BYTES), well(LARGE)),
  ends: EXPIRED,
  path: expiringPath,
};

export const EXPIRY: readonly FaultCase[] = [
  {
    name: "expired in the middle",
    origin: once(breaksWhenExpired(SMALL, 1000, 10), well(SMALL)),
    ends: EXPIRED,
    path: expiringPath,
  },
  EXPIRED_LARGE,
];
