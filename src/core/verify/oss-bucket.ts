import type { RawUrl } from "../origin-url/raw-url.ts";

/** What an OSS URL names. `path`: `/bucket/key` as it stands in the URL. */
export type OssObject = { readonly region: string; readonly path: string };

/** `bucket.oss-REGION.aliyuncs.com`, with `-internal` behind the region inside Alibaba's networks ("Regions and endpoints"). */
const HOST = /^(?:([a-z0-9][a-z0-9-]{1,61}[a-z0-9])\.)?oss-([a-z0-9-]+?)(?:-internal)?\.aliyuncs\.com$/;

/** The object of a URL at OSS's own endpoints. `null`: another host, or no object. */
export function ossObject({ host, path }: RawUrl): OssObject | null {
  const [, bucket, region] = HOST.exec(host) ?? [];
  if (region === undefined) return null;
  const whole = bucket === undefined ? path : `/${bucket}${path}`;
  return /^\/[^/]+\/./.test(whole) ? { region, path: whole } : null;
}

/**
 * Sub-resources that make of a GET something else than reading the object, or do more besides ("Authorization: construct
 * CanonicalizedResource"): whoever may ask for one of them may perhaps not read the object.
 */
const OTHER_OPERATIONS = new Set(
  `acl append bucketinfo callback callback-var cname comp cors delete encryption endtime img inventory lifecycle live
  location logging metrics objectmeta partnumber policy position qos referer replication replicationlocation
  replicationprogress requestpayment resourcegroup restore sequential starttime stat status style stylename symlink
  tagging transferacceleration udf uploadid uploads versioning versions vod website worm wormextend wormid`.split(
    /\s+/,
  ),
);

export function readsObject({ parameters }: RawUrl): boolean {
  return !parameters.some(({ name }) => OTHER_OPERATIONS.has(name));
}
