import type { BucketCname } from "../tenant.ts";
import type { ObjectName } from "./object-name.ts";
import { AWS_EXPRESS, awsNamespace, S3_COMPATIBLE } from "./s3-endpoints.ts";

/** A host that is a store's: a bucket of it, all of them, or on Azure an account. */
export type Endpoint = {
  readonly store: ObjectName["store"];
  readonly namespace: string;
  /** `null`: the path names it. */
  readonly bucket: string | null;
  /** What stands before the bucket in the path, such as `/storage/v1/s3`. */
  readonly prefix: string;
};

/** Where a URL points in a store. `object` is `null` for what names a bucket, or is another interface of the store's. */
export type Place = {
  readonly store: ObjectName["store"];
  readonly object: ObjectName | null;
  /** It names a bucket, or nothing at all: a listing, and no object. */
  readonly listing: boolean;
};

const GOOGLE = /^(?:(.+)\.)?storage\.googleapis\.com$/;
/** The paths of Google's JSON interface on the same host: there it means other things by the same words. */
const GOOGLE_JSON = /^\/(?:storage|download|upload|resumable|batch|discovery)(?:\/|$)/;
/**
 * An account of Azure's public cloud, of another cloud, or in a DNS zone. Both of its faces, `blob` and `dfs`, name the
 * same blobs. `-secondary` stays in the name: a replica may lag behind, and would hand out other bytes.
 */
const AZURE =
  /^([a-z0-9]{3,24}(?:-secondary)?)\.(?:blob|dfs)\.core\.(windows\.net|chinacloudapi\.cn|usgovcloudapi\.net)$/;
const AZURE_ZONE = /^([a-z0-9]{3,24}(?:-secondary)?\.z\d{2})\.(?:blob|dfs)\.storage\.azure\.net$/;

/** Hosts that an isolate remembers: origins are few, and behind each host that is no store's stand fifteen patterns. */
const REMEMBERED_HOSTS = 1000;
/** Characters of a name in the DNS (RFC 1035 section 2.3.4). Anybody may make longer ones up, of 8 KB: none is remembered. */
const MAX_HOST_LENGTH = 253;

const remembered = new Map<string, Endpoint | null>();

/** The store behind a host, or `null` when it is none that we know and none that the tenant declared. */
export function endpointOf(host: string, cnames: readonly BucketCname[]): Endpoint | null {
  const known = knownEndpoint(host);
  if (known !== null || cnames.length === 0) return known;
  return cnameOf(cnames.find((cname) => cname.host === host)?.bucket);
}

function knownEndpoint(host: string): Endpoint | null {
  const known = remembered.get(host);
  if (known !== undefined) return known;
  const endpoint = readEndpoint(host);
  if (host.length > MAX_HOST_LENGTH) return endpoint;
  if (remembered.size >= REMEMBERED_HOSTS) remembered.clear();
  remembered.set(host, endpoint);
  return endpoint;
}

function readEndpoint(host: string): Endpoint | null {
  const google = GOOGLE.exec(host);
  if (google) return { store: "gs", namespace: "", bucket: google[1] ?? null, prefix: "" };
  const [, account = AZURE_ZONE.exec(host)?.[1], cloud = "windows.net"] = AZURE.exec(host) ?? [];
  if (account) return azure(cloud === "windows.net" ? account : `${account}@${cloud}`);
  return s3EndpointOf(host);
}

function s3EndpointOf(host: string): Endpoint | null {
  const aws = awsNamespace(host);
  if (aws) return { store: "s3", ...aws, prefix: "" };
  const [, express] = AWS_EXPRESS.exec(host) ?? [];
  if (express) return { store: "s3", namespace: "aws-express", bucket: express, prefix: "" };
  for (const { pattern, prefix } of S3_COMPATIBLE) {
    const [, bucket, namespace] = pattern.exec(host) ?? [];
    if (namespace) return { store: "s3", namespace, bucket: bucket ?? null, prefix };
  }
  return null;
}

function azure(namespace: string): Endpoint {
  return { store: "az", namespace, bucket: null, prefix: "" };
}

/** `s3:namespace/bucket`, `gs:bucket` or `az:account`. */
function cnameOf(text: string | undefined): Endpoint | null {
  const [, store, namespace, bucket] = /^(?:(s3|gs|az):)(?:([^/]*)\/)?([^/]+)$/.exec(text ?? "") ?? [];
  if (!bucket) return null;
  if (store === "az") return azure(bucket);
  return store === "s3" || store === "gs" ? { store, namespace: namespace ?? "", bucket, prefix: "" } : null;
}

/** Where a URL of this host and path points; `null` when the host is no store's. `path` with percent-encoding folded. */
export function placeOf(host: string, path: string, cnames: readonly BucketCname[]): Place | null {
  const endpoint = endpointOf(host, cnames);
  if (!endpoint) return null;
  const { store, namespace, prefix } = endpoint;
  const foreign = !path.startsWith(`${prefix}/`) || (store === "gs" && !endpoint.bucket && GOOGLE_JSON.test(path));
  if (foreign) return { store, object: null, listing: false };
  const [bucket, key] = endpoint.bucket ? [endpoint.bucket, path.slice(1)] : splitBucket(path.slice(prefix.length + 1));
  if (bucket === "" || key === "") return { store, object: null, listing: true };
  return { store, object: { store, namespace, bucket, key, inPath: endpoint.bucket === null }, listing: false };
}

function splitBucket(path: string): [bucket: string, key: string] {
  const slash = path.indexOf("/");
  return slash < 0 ? [path, ""] : [path.slice(0, slash), path.slice(slash + 1)];
}
