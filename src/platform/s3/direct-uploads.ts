import type { Clock } from "../../ports/clock.ts";
import type { DirectUploads, PartInStore } from "../../ports/direct-uploads.ts";
import { UploadGone } from "../../ports/object-store.ts";
import { type QuerySigner, querySigner } from "./query-signer.ts";
import { s3Client } from "./s3-client.ts";
import { refusalOf } from "./s3-refusal.ts";
import type { S3Settings } from "./s3-settings.ts";
import { elements, elementText } from "./xml.ts";

/**
 * Uploads that clients send to a store's S3 address by presigned URLs. R2 takes those, and the upload that they are for, by
 * its binding and by S3 alike. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html
 */
export function s3DirectUploads(settings: S3Settings, clock: Clock): DirectUploads {
  const client = s3Client(settings);
  // Made when it is first needed: an endpoint that is no address is in the way of these uploads, and of nothing else.
  let signer: QuerySigner | undefined;

  async function page(key: string, upload: string, after: string) {
    const query = { uploadId: upload, ...(after !== "" && { "part-number-marker": after }) };
    const response = await client.send({ method: "GET", key, query });
    if (response.ok) return await response.text();
    const refusal = await refusalOf("a list of parts", response);
    if (refusal.code === "NoSuchUpload") throw new UploadGone({ cause: refusal });
    if (refusal.status === 501) return null;
    throw refusal;
  }

  return {
    partUrl(key, upload, part, expiresAt) {
      signer ??= querySigner(settings);
      const now = clock.now();
      const parameters = [
        ["partNumber", String(part.number)],
        ["uploadId", upload],
      ] as const;
      return signer("PUT", key, parameters, part.bytes)(now, Math.max(1, Math.floor((expiresAt - now) / 1000)));
    },
    async parts(key, upload) {
      const found: PartInStore[] = [];
      for (let after: string | null = ""; after !== null; ) {
        const document: string | null = await page(key, upload, after);
        if (document === null) return null;
        found.push(...elements(document, "Part").map(readPart));
        after = elementText(document, "IsTruncated") === "true" ? elementText(document, "NextPartNumberMarker") : null;
      }
      return found;
    },
  };
}

function readPart(element: string): PartInStore {
  const number = Number(elementText(element, "PartNumber") ?? Number.NaN);
  const bytes = Number(elementText(element, "Size") ?? Number.NaN);
  const etag = elementText(element, "ETag");
  if (etag === null || Number.isNaN(number) || Number.isNaN(bytes))
    throw new Error("a list of parts: not as S3 writes them");
  return { number, etag, bytes };
}
