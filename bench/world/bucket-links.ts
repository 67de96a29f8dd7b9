import { randomBytes } from "node:crypto";
import { s3Links } from "./s3-links.ts";

const HOUR_MS = 3_600_000;
/** No two of so many links in a row were signed at the same second. */
const SECONDS = 80_000;

/** Scheme and host of the bucket. */
export const BUCKET = "https://bench-media.s3.eu-west-1.amazonaws.com";

/** Links to the objects of a bucket. */
export type BucketLinks = {
  /** The one link of an object that everybody has. */
  popular(object: string): string;
  /** A link that was signed for this download alone: no text is ever given twice. */
  anew(object: string): string;
};

/**
 * Links of seven days as the AWS SDK writes them. Only the first is really signed: to sign each would take longer than
 * what is measured, and it is for those who check none (access public) or ask the origin.
 */
export async function bucketLinks(now: number): Promise<BucketLinks> {
  const { urls } = await s3Links([new Date(now - HOUR_MS)]);
  const [first = ""] = urls;
  const [before = "", afterKey = ""] = first.split("films/2026/film.mp4");
  const salt = randomBytes(24).toString("hex");
  let count = 0;
  return {
    popular: (object) => before + object + afterKey,
    anew(object) {
      count += 1;
      const at = new Date(now - HOUR_MS - (count % SECONDS) * 1000).toISOString().replace(/[:-]|\.\d{3}/g, "");
      const signature = `${salt}${count.toString(16).padStart(16, "0")}`;
      const query = afterKey
        .replace(/\d{8}T\d{6}Z/, at)
        .replace(/X-Amz-Signature=[0-9a-f]{64}/, `X-Amz-Signature=${signature}`);
      return before + object + query;
    },
  };
}
