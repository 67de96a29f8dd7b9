/** An object by the names that its store knows it by, whichever of the store's endpoints it was asked of. */
export type ObjectName = {
  readonly store: "s3" | "gs" | "az";
  /**
   * Inside which bucket names are unique: a partition of AWS (`aws`, `aws-cn`, `aws-us-gov`), the endpoint of an
   * S3-compatible store, or the storage account on Azure; empty for Google, whose names are unique in the world.
   */
  readonly namespace: string;
  /** Bucket or container. */
  readonly bucket: string;
  /** As in the URL, percent-encoding folded, without a leading slash; it may hold `//`, `./` and `%2F`. */
  readonly key: string;
  /** Whether the URL names the bucket in its path, and not by its host. */
  readonly inPath: boolean;
};

/** The bucket as identities begin with it, such as `s3:aws/media`, `gs:media` or `az:account/container`. */
export function bucketText({ store, namespace, bucket }: Pick<ObjectName, "store" | "namespace" | "bucket">): string {
  return `${store}:${namespace === "" ? bucket : `${namespace}/${bucket}`}`;
}
