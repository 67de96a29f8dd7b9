import type { KeyRing } from "../core/crypto/key-ring.ts";
import { unseal } from "../core/crypto/seal.ts";
import { type OriginUrl, readOriginUrl } from "../core/origin-url/origin-url.ts";
import type { BucketCname } from "../core/tenant.ts";

/** The URL of a manifest that was sealed to this place; `null`: no key opens it, or it is no URL that is understood. */
export async function openManifestUrl(
  sealedUrl: string,
  place: string,
  cnames: readonly BucketCname[],
  ring: KeyRing,
): Promise<OriginUrl | null> {
  const text = await unseal(ring, "manifest", sealedUrl, place);
  const url = text === null ? null : readOriginUrl(text, cnames);
  return typeof url === "string" ? null : url;
}
