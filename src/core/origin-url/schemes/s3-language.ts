/** Overrides of response headers, in the words of S3, which most other stores took over. */
export const S3_OVERRIDES = [
  "response-content-type",
  "response-content-language",
  "response-expires",
  "response-cache-control",
  "response-content-disposition",
  "response-content-encoding",
];

/** Sub-resources of buckets and objects, of S3 and those who took over its words: none is the object's bytes. */
export const S3_SUB_RESOURCES: ReadonlySet<string> = new Set([
  ...["accelerate", "acl", "analytics", "append", "attributes", "cors", "defaultobjectacl", "delete", "encryption"],
  ...["intelligent-tiering", "inventory", "legal-hold", "lifecycle", "list-type", "location", "logging", "metrics"],
  ...["notification", "object-lock", "objectmeta", "ownershipcontrols", "policy", "policystatus", "publicaccessblock"],
  ...["referer", "replication", "requestpayment", "restore", "retention", "select", "stat", "symlink", "tagging"],
  ...["torrent", "uploadid", "uploads", "versioning", "versions", "website"],
  // Some bytes of the object, in an answer of status 206.
  "partnumber",
]);

/** What lists a bucket where the path may not tell that it names one. */
export const S3_LISTING: ReadonlySet<string> = new Set([
  ...["continuation-token", "delimiter", "encoding-type", "fetch-owner", "marker", "max-keys", "prefix", "start-after"],
]);
