import { createHash } from "node:crypto";
import { type OriginCredentials, objectUrl, originClient } from "./credentials.ts";
import { SAMPLE_FILES } from "./sample-files.ts";

export type StoredSample = { readonly key: string; readonly bytes: number; readonly sha256: string };

/** Puts the sample files into the demo origin, unless they are there already. */
export async function storeSamples(credentials: OriginCredentials): Promise<StoredSample[]> {
  const client = originClient(credentials);
  const stored: StoredSample[] = [];
  for (const { key, contentType, content } of SAMPLE_FILES) {
    const body = content();
    const url = objectUrl(credentials, key);
    const head = await client.fetch(url, { method: "HEAD" });
    // The ETag of an object stored in one piece is its MD5.
    if (head.headers.get("etag") !== `"${createHash("md5").update(body).digest("hex")}"`) {
      const headers = { "content-type": contentType, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" };
      const put = await client.fetch(url, { method: "PUT", body: new Uint8Array(body), headers });
      if (!put.ok) throw new Error(`The demo origin did not take ${key}: ${put.status} ${await put.text()}`);
    }
    stored.push({ key, bytes: body.length, sha256: createHash("sha256").update(body).digest("hex") });
  }
  return stored;
}
