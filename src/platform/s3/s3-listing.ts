import type { ListedObject, ObjectStore } from "../../ports/object-store.ts";
import type { S3Client } from "./s3-client.ts";
import { refusalOf } from "./s3-refusal.ts";
import { elements, elementText } from "./xml.ts";

/** S3's limit for one page: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
const MAX_PAGE = 1000;

/** Pages of what a bucket holds; the cursor is S3's own continuation token. */
export function s3Listing(client: S3Client): ObjectStore["list"] {
  return async ({ cursor, limit }) => {
    if (limit < 1 || limit > MAX_PAGE) throw new RangeError(`a page of ${limit} is not between 1 and ${MAX_PAGE}`);
    const query = { "list-type": "2", "max-keys": String(limit), ...(cursor && { "continuation-token": cursor }) };
    const response = await client.send({ method: "GET", key: "", query });
    if (!response.ok) throw await refusalOf("a listing", response);
    const document = await response.text();
    const truncated = elementText(document, "IsTruncated");
    const next = elementText(document, "NextContinuationToken");
    // What is no listing must not look like an empty store.
    if (truncated === null || (truncated === "true" && !next)) throw new Error("a listing: the store sent none");
    return { objects: elements(document, "Contents").map(readObject), cursor: truncated === "true" ? next : null };
  };
}

function readObject(element: string): ListedObject {
  const key = elementText(element, "Key");
  const size = Number(elementText(element, "Size") ?? Number.NaN);
  const storedAt = Date.parse(elementText(element, "LastModified") ?? "");
  if (key === null || Number.isNaN(size) || Number.isNaN(storedAt)) throw new Error("a listing: not as S3 writes them");
  return { key, size, storedAt };
}
