/** `us-east-1`, `us-gov-west-1`, `cn-north-1`. */
const REGION = "[a-z]{2}(?:-[a-z]+)+-\\d+";

/**
 * Every endpoint through which a bucket is named: regional, legacy `s3-region`, dualstack, FIPS, external-1, accelerate.
 * Websites, access points and object lambdas are none of them: what they answer may differ from the object.
 * https://docs.aws.amazon.com/general/latest/gr/s3.html
 */
const AWS = new RegExp(
  `^(?:(.+)\\.)?s3(?:-external-1|(?:-fips)?(?:\\.dualstack)?[.-](${REGION}))?\\.amazonaws\\.com(\\.cn)?$`,
);
const AWS_ACCELERATE = /^(.+)\.s3-accelerate(?:\.dualstack)?\.amazonaws\.com$/;
/** Directory buckets: https://docs.aws.amazon.com/AmazonS3/latest/userguide/directory-bucket-naming-rules.html */
export const AWS_EXPRESS = new RegExp(`^(.+--x-s3)\\.s3express-[a-z0-9-]+\\.${REGION}\\.amazonaws\\.com$`);
/** Aliases of access points and object lambdas, in the place of a bucket. */
const ALIAS = /(?:-s3alias|--ol-s3)$/;

/** The partition of a host of Amazon S3, and the bucket that the host names; `null` when the host is none that folds. */
export function awsNamespace(host: string): { namespace: string; bucket: string | null } | null {
  const [, accelerated] = AWS_ACCELERATE.exec(host) ?? [];
  if (accelerated) return ALIAS.test(accelerated) ? null : { namespace: "aws", bucket: accelerated };
  const [matched, bucket = null, region = "", china] = AWS.exec(host) ?? [];
  if (matched === undefined || (bucket && ALIAS.test(bucket))) return null;
  // A region of China's partition has its own domain, and that domain has no other.
  if (region.startsWith("cn-") !== (china !== undefined)) return null;
  if (region.startsWith("us-iso")) return null;
  return { namespace: china ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws", bucket };
}

function compatible(endpoint: string, prefix = ""): { readonly pattern: RegExp; readonly prefix: string } {
  return { pattern: new RegExp(`^(?:(.+)\\.)?(${endpoint})$`), prefix };
}

/** Stores that speak S3's language at hosts of their own. An endpoint that has other buckets is another namespace. */
export const S3_COMPATIBLE = [
  // https://developers.cloudflare.com/r2/api/s3/api/
  compatible("[0-9a-f]{32}(?:\\.[a-z]+)?\\.r2\\.cloudflarestorage\\.com"),
  // https://docs.wasabi.com/docs/what-are-the-service-urls-for-wasabi-s-different-storage-regions
  compatible("s3(?:\\.[a-z]+(?:-[a-z]+)*-\\d+)?\\.wasabisys\\.com"),
  // https://docs.digitalocean.com/products/spaces/reference/s3-compatibility/
  compatible("[a-z]{3}\\d\\.digitaloceanspaces\\.com"),
  // https://www.backblaze.com/docs/cloud-storage-s3-compatible-api
  compatible("s3\\.[a-z]+(?:-[a-z]+)*-\\d+\\.backblazeb2\\.com"),
  // https://cloud.ibm.com/docs/cloud-object-storage?topic=cloud-object-storage-endpoints
  compatible("s3\\.(?:(?:private|direct)\\.)?[a-z0-9-]+\\.cloud-object-storage\\.appdomain\\.cloud"),
  // https://docs.oracle.com/en-us/iaas/Content/Object/Tasks/s3compatibleapi.htm
  compatible("[a-z0-9_-]+\\.compat\\.objectstorage\\.[a-z0-9-]+\\.(?:oraclecloud\\.com|oci\\.customer-oci\\.com)"),
  // https://www.scaleway.com/en/docs/object-storage/
  compatible("s3\\.[a-z]{2}-[a-z]{3}\\.scw\\.cloud"),
  // https://www.tigrisdata.com/docs/sdks/s3/
  compatible("t3\\.storage\\.dev|fly\\.storage\\.tigris\\.dev"),
  // https://supabase.com/docs/guides/storage/s3/authentication
  compatible("[a-z0-9]+\\.storage\\.supabase\\.co", "/storage/v1/s3"),
];
