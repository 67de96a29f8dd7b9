import { epochSeconds } from "../moments.ts";
import type { Reading } from "../scheme.ts";
import type { UrlFacts } from "../url-facts.ts";

/** SHA-256 in base64url behind its version (`1-`: bound to an address), or the older bare MD5 or SHA-256. */
const TOKEN = /^(?:HS256-(?:1-)?[\w-]{43}|[\w-]{22}|[\w-]{43})$/;
const BOUND_TO_ADDRESS = /^HS256-1-/;

/** `token` and `expires` are anybody's words: off Bunny's own hosts both must look like Bunny's. */
export function detectBunny(url: UrlFacts): boolean {
  if (url.has("bcdn_token")) return true;
  if (!url.has("token")) return false;
  if (/\.b-cdn\.net$/.test(url.raw.host)) return true;
  return TOKEN.test(url.value("token") ?? "") && /^\d+$/.test(url.value("expires") ?? "");
}

export function readBunny({ has, value }: UrlFacts): Reading {
  const token = value("bcdn_token") ?? value("token") ?? "";
  const country = has("token_countries") || has("token_countries_blocked");
  return {
    malformed: !TOKEN.test(token) || (has("bcdn_token") && has("token")),
    ends: [epochSeconds(value("expires"))],
    bindings: [...(BOUND_TO_ADDRESS.test(token) ? ["ip" as const] : []), ...(country ? ["country" as const] : [])],
  };
}
