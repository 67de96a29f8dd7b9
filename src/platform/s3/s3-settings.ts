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
  const object = key.split("/").map(encoded).join("/");
  if (addressing !== "virtual") return new URL(`${endpoint}/${bucket}${object && `/${object}`}`);
  const [scheme = "", rest = ""] = endpoint.split("://");
  const [host = "", ...path] = rest.split("/");
  return new URL([`${scheme}://${bucket}.${host}`, ...path, object].join("/"));
}

/** As a signature is made over it. */
function encoded(segment: string): string {
  return encodeURIComponent(segment).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
