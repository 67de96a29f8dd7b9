import { AwsV4Signer } from "aws4fetch";
import { objectKey } from "../../core/entry.ts";
import type { Clock } from "../../ports/clock.ts";
import type { LinkSigner } from "../../ports/link-signer.ts";
import { addressOf, type S3Settings } from "./s3-settings.ts";

/** Seconds. The longest life of a presigned URL: https://developers.cloudflare.com/r2/api/s3/presigned-urls/ */
const MAX_LIFE_S = 7 * 24 * 60 * 60;

/**
 * Links straight to the store, signed by SigV4 in the query. A link for GET answers HEAD with 403, so each is signed for
 * the method that will be sent. It lives as long as what it stands for, 7 days at most.
 */
export function presignedLinks(settings: S3Settings, clock: Clock): LinkSigner {
  const { accessKeyId, secretAccessKey, region = "auto" } = settings;
  // aws4fetch keeps the signing key of each day here: deriving it is four of the five HMACs.
  const cache = new Map<string, ArrayBuffer>();
  return {
    async sign(link, _fileName, method) {
      const now = clock.now();
      const url = addressOf(settings, objectKey(link.key, link.generation));
      url.searchParams.set("X-Amz-Expires", String(lifeSeconds(link.expiresAt - now)));
      const { contentType, contentDisposition, contentLanguage } = link.presentation ?? {};
      if (contentType) url.searchParams.set("response-content-type", contentType);
      if (contentDisposition) url.searchParams.set("response-content-disposition", contentDisposition);
      if (contentLanguage) url.searchParams.set("response-content-language", contentLanguage);
      const datetime = new Date(now).toISOString().replace(/[:-]|\.\d{3}/g, "");
      const request = { method, url: url.href, service: "s3", region, signQuery: true, datetime, cache };
      const signed = await new AwsV4Signer({ ...request, accessKeyId, secretAccessKey }).sign();
      // The signature is over `%20`, where URLSearchParams writes a space as a plus.
      return signed.url.href.replaceAll("+", "%20");
    },
  };
}

function lifeSeconds(ms: number): number {
  return Math.min(MAX_LIFE_S, Math.max(1, Math.floor(ms / 1000)));
}
