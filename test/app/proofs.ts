import { AwsV4Signer } from "aws4fetch";
import type { KeyRing } from "../../src/core/crypto/key-ring.ts";
import { type ProxyQuery, parseProxyQuery } from "../../src/core/proxy-query.ts";
import { signLink } from "../../src/core/signed-link/sign.ts";
import { signedPath, type UnsignedLink } from "../../src/core/signed-link/signed-link.ts";
import type { AccessMode, SealedSecret, Tenant } from "../../src/core/tenant.ts";
import { sealTenantSecret } from "../../src/core/tenant-secret.ts";
import type { Material } from "../../src/core/verify/material.ts";
import { NOON } from "../core/samples.ts";
import { ACME } from "./world.ts";

/** The examples of AWS's own documents. */
export const S3_SECRET = {
  kind: "s3-secret",
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
} as const satisfies Material;

export const LINK_KEY = `snap_link_${"k".repeat(43)}`;

/** Seconds since the epoch, in an hour. */
export const IN_AN_HOUR = NOON / 1000 + 3600;

/** A link of an S3 store, signed at noon with {@link S3_SECRET}; `expires` in seconds. */
export async function s3Link(address: string, expires = 3600): Promise<string> {
  const url = new URL(address);
  url.searchParams.set("X-Amz-Expires", String(expires));
  const datetime = new Date(NOON).toISOString().replace(/[-:]|\.000/g, "");
  const request = { ...S3_SECRET, url: url.href, datetime, service: "s3", region: "us-east-1", signQuery: true };
  return (await new AwsV4Signer({ ...request, method: "GET" }).sign()).url.href;
}

/** The link with the last character of its signature changed. */
export function tampered(link: string): string {
  return link.replace(/(X-Amz-Signature=[0-9a-f]{63})([0-9a-f])/, (_, start: string, last: string) => {
    return start + (last === "0" ? "1" : "0");
  });
}

/** Material as it rests at a tenant. */
export async function sealedMaterial(
  ring: KeyRing,
  material: Material,
  id = "material-1",
  tenant = ACME.id,
): Promise<SealedSecret> {
  return { id, sealed: await sealTenantSecret(ring, "verification-key", tenant, id, JSON.stringify(material)) };
}

/** A link key as it rests at a tenant. */
export async function sealedLinkKey(ring: KeyRing, key = LINK_KEY, id = "k1", tenant = ACME.id): Promise<SealedSecret> {
  return { id, sealed: await sealTenantSecret(ring, "link-key", tenant, id, key) };
}

/** Acme under this mode, with {@link S3_SECRET} to verify by and {@link LINK_KEY} to sign links with. */
export async function acme(ring: KeyRing, access: AccessMode, changes: Partial<Tenant> = {}): Promise<Tenant> {
  const verificationKeys = [await sealedMaterial(ring, S3_SECRET)];
  return { ...ACME, access, verificationKeys, linkKeys: [await sealedLinkKey(ring)], ...changes };
}

const UNSIGNED: UnsignedLink = {
  ...{ site: ACME.site, hash: null, url: null, scope: null },
  ...{ exp: IN_AN_HOUR, nbf: null, ip: null, tags: null, kid: "k1" },
};

/** The query of a link that Acme has signed, as it comes in. */
export async function linkQuery(link: Partial<UnsignedLink>, key = LINK_KEY): Promise<ProxyQuery> {
  const path = signedPath(await signLink({ ...UNSIGNED, ...link }, key));
  return parseProxyQuery(path.slice(path.indexOf("?") + 1));
}
