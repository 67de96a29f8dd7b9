/** An S3 address of a store, and a key for it. */
export type S3Settings = {
  /** Without the bucket and without a slash at its end. */
  readonly endpoint: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Absent: `auto`, which R2, GCS and MinIO take. */
  readonly region?: string;
  /** Whether the bucket stands in front of the path (as where this is absent) or of the host name. */
  readonly addressing?: "path" | "virtual";
  /** Whether clients are sent to the store itself. Absent: they are not. */
  readonly presign?: boolean;
};

/** The address of an object, or of the bucket where `key` is empty. */
export function addressOf({ endpoint, bucket, addressing }: S3Settings, key: string): URL {
  const object = encodedPath(key);
  if (addressing !== "virtual") return new URL(`${endpoint}/${bucket}${object && `/${object}`}`);
  const [scheme = "", rest = ""] = endpoint.split("://");
  const [host = "", ...path] = rest.split("/");
  return new URL([`${scheme}://${bucket}.${host}`, ...path, object].join("/"));
}

/** An object's key in a path. */
export function encodedPath(key: string): string {
  return encodedText(key).replaceAll("%2F", "/");
}

/** As a signature is made over it: all but RFC 3986's unreserved characters percent-encoded. */
export function encodedText(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
