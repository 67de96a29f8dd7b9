import type { OriginHead } from "../fills/origin-head.ts";
import type { ObjectName } from "../origin-url/object-name.ts";
import { checksumOfBase64, checksumOfHex, firstOfEach } from "./checksum-text.ts";
import { CHECKSUM_ALGORITHMS, type Checksums } from "./checksums.ts";

/**
 * `x-amz-checksum-*`. One of several parts' checksums, `COMPOSITE` or with `-N` behind it (no base64), is none of the bytes.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 */
export function amazonChecksums(head: OriginHead): Checksums {
  if (head.header("x-amz-checksum-type")?.trim().toUpperCase() === "COMPOSITE") return {};
  return firstOfEach(CHECKSUM_ALGORITHMS.map((one) => checksumOfBase64(one, head.header(`x-amz-checksum-${one}`))));
}

/** `x-goog-hash: crc32c=…,md5=…`: https://cloud.google.com/storage/docs/xml-api/reference-headers#xgooghash */
export function googleChecksums(head: OriginHead): Checksums {
  const hashes = (head.header("x-goog-hash") ?? "").split(",").map((hash) => hash.trim());
  return firstOfEach(
    (["md5", "crc32c"] as const).flatMap((algorithm) => {
      const named = hashes.filter((hash) => hash.startsWith(`${algorithm}=`));
      return named.map((hash) => checksumOfBase64(algorithm, hash.slice(algorithm.length + 1)));
    }),
  );
}

/** The whole blob's, even beside a range: https://learn.microsoft.com/en-us/rest/api/storageservices/get-blob */
export function azureChecksums(head: OriginHead): Checksums {
  return checksumOfBase64("md5", head.header("x-ms-blob-content-md5"));
}

/** Not `none` (large files) nor `unverified:…`: https://www.backblaze.com/apidocs/b2-download-file-by-name */
export function backblazeChecksums(head: OriginHead): Checksums {
  return checksumOfHex("sha1", head.header("x-bz-content-sha1"));
}

/**
 * The ETag of a store that speaks S3's language: the MD5 of what came in one part and is encrypted, if at all, with a key
 * of the store's own. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html. A directory bucket's is none.
 */
export function s3EtagChecksums(head: OriginHead, object: ObjectName | null): Checksums {
  if (object?.store !== "s3" || object.bucket.endsWith("--x-s3")) return {};
  // Whatever way of encrypting comes next, its ETags are not the bytes' MD5 until its maker says so.
  const encryption = head.header("x-amz-server-side-encryption")?.trim() ?? "AES256";
  const customerKey = head.header("x-amz-server-side-encryption-customer-algorithm");
  if (encryption !== "AES256" || customerKey !== null) return {};
  return checksumOfHex("md5", /^"([^"]*)"$/.exec(head.header("etag") ?? "")?.[1]);
}
