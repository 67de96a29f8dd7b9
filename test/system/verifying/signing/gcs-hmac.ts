import { createHash, createHmac } from "node:crypto";
import type { Form } from "../links/link.ts";
import { compactDate, strictEncode } from "./spelling.ts";

export type GcsHmacKey = { readonly accessId: string; readonly secret: string };

/**
 * Signs V4 links by an HMAC key; the vendor's SDK does it by service accounts alone
 * (https://cloud.google.com/storage/docs/authentication/signatures).
 */
export function byHmac(name: string, address: string, bucket: string, { accessId, secret }: GcsHmacKey): Form {
  return {
    name,
    startsLater: true,
    async sign(key, { from, until }) {
      const date = compactDate(from);
      const day = date.slice(0, 8);
      const scope = `${day}/auto/storage/goog4_request`;
      const path = `/${bucket}/${key.split("/").map(strictEncode).join("/")}`;
      const query = Object.entries({
        "X-Goog-Algorithm": "GOOG4-HMAC-SHA256",
        "X-Goog-Credential": `${accessId}/${scope}`,
        "X-Goog-Date": date,
        "X-Goog-Expires": String((until - from) / 1000),
        "X-Goog-SignedHeaders": "host",
      })
        .map(([parameter, value]) => `${parameter}=${strictEncode(value)}`)
        .join("&");
      const host = `host:${new URL(address).hostname}\n`;
      const request = ["GET", path, query, host, "host", "UNSIGNED-PAYLOAD"].join("\n");
      const digest = createHash("sha256").update(request).digest("hex");
      const signingKey = [day, "auto", "storage", "goog4_request"].reduce<string | Buffer>(hmac, `GOOG4${secret}`);
      const signature = hmac(signingKey, ["GOOG4-HMAC-SHA256", date, scope, digest].join("\n")).toString("hex");
      return `${address}${path}?${query}&X-Goog-Signature=${signature}`;
    },
  };
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
