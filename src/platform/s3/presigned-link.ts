import { objectKey } from "../../core/entry.ts";
import type { Link } from "../../core/link.ts";
import type { Clock } from "../../ports/clock.ts";
import type { LinkSigner } from "../../ports/link-signer.ts";
import { type QuerySigner, querySigner } from "./query-signer.ts";
import type { S3Settings } from "./s3-settings.ts";

/** Seconds. The longest life of a presigned URL: https://developers.cloudflare.com/r2/api/s3/presigned-urls/ */
const MAX_LIFE_S = 7 * 24 * 60 * 60;

/**
 * Links straight to the store, signed by SigV4 in the query. A link for GET answers HEAD with 403, so each is signed for
 * the method that will be sent. It lives as long as what it stands for, 7 days at most.
 */
export function presignedLinks(settings: S3Settings, clock: Clock): LinkSigner {
  // Made when it is first needed: an endpoint that is no address is in the way of these links, and of nothing else.
  let signer: QuerySigner | undefined;
  function prepare(link: Link, _fileName: string, method: "GET" | "HEAD"): (now: number) => string {
    signer ??= querySigner(settings);
    const unsigned = signer(method, objectKey(link.key, link.generation), overrides(link));
    return (now) => unsigned(now, lifeSeconds(link.expiresAt - now));
  }
  return {
    prepare,
    async sign(link, fileName, method) {
      return prepare(link, fileName, method)(clock.now());
    },
  };
}

/** How the store is asked to present the object, in the order of the parameters' names. */
function overrides({ presentation }: Link): [name: string, value: string][] {
  if (presentation === null) return [];
  const { contentType, contentDisposition, contentLanguage } = presentation;
  const found: [string, string][] = [];
  if (contentDisposition) found.push(["response-content-disposition", contentDisposition]);
  if (contentLanguage) found.push(["response-content-language", contentLanguage]);
  if (contentType) found.push(["response-content-type", contentType]);
  return found;
}

function lifeSeconds(ms: number): number {
  return Math.min(MAX_LIFE_S, Math.max(1, Math.floor(ms / 1000)));
}
