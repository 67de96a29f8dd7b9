import type { Copy, HeldEntry } from "../../src/core/entry.ts";
import type { Caller } from "../../src/core/people/caller.ts";
import type { Scope } from "../../src/core/people/scopes.ts";
import type { FillSettings, TenantId } from "../../src/core/tenant.ts";

/** Friday, 2026-11-20T12:00:00Z, in ms: the moment at which the tests of the rules play. */
export const NOON = Date.UTC(2026, 10, 20, 12);

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

export function tenantId(text: string): TenantId {
  return text as TenantId;
}

/** Whom a key of a tenant's speaks for, as one from before there were scopes. */
export function tenantCaller(tenant: TenantId, scopes: readonly Scope[] = ["admin"]): Caller {
  return { role: "tenant", tenant, scopes, key: { id: `key-of-${tenant}`, name: "test" }, expiresAt: null };
}

export const OPERATOR_CALLER: Caller = { role: "operator", key: { id: "operators", name: "test" }, expiresAt: null };

export const COPY: Copy = {
  generation: "generation-1",
  size: 1024,
  contentType: "video/mp4",
  etag: '"ours"',
  originEtag: '"theirs"',
  sha256: "ab".repeat(32),
  partsDigest: null,
  storedAt: NOON - HOUR,
  freshUntil: null,
};

/** A copy that was stored in parts side by side, by an origin that says how long it is fresh. */
export const COPY_IN_PARTS: Copy = {
  ...COPY,
  size: 5 * 2 ** 40,
  sha256: null,
  partsDigest: { sha256: "cd".repeat(32), partBytes: 640 * 2 ** 20 },
  freshUntil: NOON + HOUR,
};

/** What a tenant has that never said how copies are to be made. */
export const FILL_SETTINGS: FillSettings = {
  mode: "redirect",
  storeHtml: false,
  maxObjectBytes: null,
  store: null,
  largeStore: null,
};

export function heldEntry(changes: Partial<HeldEntry> = {}): HeldEntry {
  return {
    state: "ready",
    boundTo: "identity-1",
    source: "https://bucket.s3.amazonaws.com/a.mp4",
    copy: COPY,
    expiresAt: null,
    ...changes,
  };
}

/** What may differ between two signings of one object, and what may not. */
export type Signing = {
  readonly date: string;
  readonly expires: string;
  readonly accessKey: string;
  readonly signature: string;
  readonly token: string | null;
  /** Parameters that the AWS SDK for JavaScript v3 adds. */
  readonly fromSdk: boolean;
};

export const SIGNING: Signing = {
  date: "20261120T120000Z",
  expires: "3600",
  accessKey: "AKIAIOSFODNN7EXAMPLE",
  signature: "5cd69ae43c71a3ff9ea7195608e917dc414b5bb4e86338956ffca3ae88ab9d2b",
  token: null,
  fromSdk: false,
};

/** `address` with the parameters of an S3 presigned GET behind its own; the signature is one in form only. */
export function presigned(address: string, changes: Partial<Signing> = {}): string {
  const { date, expires, accessKey, signature, token, fromSdk } = { ...SIGNING, ...changes };
  const scope = encodeURIComponent(`${accessKey}/${date.slice(0, 8)}/us-east-1/s3/aws4_request`);
  const parameters = [
    "X-Amz-Algorithm=AWS4-HMAC-SHA256",
    ...(fromSdk ? ["X-Amz-Content-Sha256=UNSIGNED-PAYLOAD"] : []),
    `X-Amz-Credential=${scope}`,
    `X-Amz-Date=${date}`,
    `X-Amz-Expires=${expires}`,
    ...(token === null ? [] : [`X-Amz-Security-Token=${encodeURIComponent(token)}`]),
    `X-Amz-Signature=${signature}`,
    "X-Amz-SignedHeaders=host",
    ...(fromSdk ? ["x-amz-checksum-mode=ENABLED", "x-id=GetObject"] : []),
  ];
  return `${address}${address.includes("?") ? "&" : "?"}${parameters.join("&")}`;
}
