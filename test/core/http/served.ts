import { type DeliveryTerms, deliveryHeaders } from "../../../src/core/http/delivery-headers.ts";
import { PLAIN_SERVING } from "../../../src/core/tenant.ts";
import { type Asking, AT, planned } from "./answering.ts";

export const SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
export const DIGEST = "sha-256=:LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=:";
export const TERMS: DeliveryTerms = { maxAge: 60, from: "store", sha256: SHA256, display: PLAIN_SERVING };

export function served(asking: Asking = {}, terms: Partial<DeliveryTerms> = {}): Record<string, string> {
  return deliveryHeaders(planned(asking), { ...TERMS, ...terms });
}

export const ALWAYS = {
  ETag: '"a"',
  "Cache-Status": "snapbyte; hit; detail=store",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};
export const KEPT = { ...ALWAYS, "Cache-Control": "private, max-age=60, no-transform" };
export const WHOLE = {
  ...KEPT,
  "Accept-Ranges": "bytes",
  "Content-Length": "1000",
  "Content-Type": "video/mp4",
  "Last-Modified": AT,
  "Repr-Digest": DIGEST,
};

/** A request for each status. */
export const ASKING = {
  200: {},
  206: { fields: { Range: "bytes=0-0" } },
  304: { fields: { "If-None-Match": "*" } },
  412: { fields: { "If-Match": '"b"' } },
  416: { fields: { Range: "bytes=1000-" } },
} as const satisfies Readonly<Record<number, Asking>>;
export const STATUSES = [200, 206, 304, 412, 416] as const;
