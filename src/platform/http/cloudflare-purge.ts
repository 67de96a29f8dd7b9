import type { ZoneAccess } from "../../core/zone-settings.ts";
import type { CdnPurge } from "../../ports/edge-cache.ts";

export type { ZoneAccess };

/** Cloudflare's API, "Purge Cached Content": https://developers.cloudflare.com/api/resources/cache/methods/purge/ */
const ENDPOINT = "https://api.cloudflare.com/client/v4";
/** Tags in one call: https://developers.cloudflare.com/cache/how-to/purge-cache/#purge-limits */
export const MAX_TAGS_PER_CALL = 100;
/** For each call, ms. */
const TIME_LIMIT_MS = 10_000;

export type Fetcher = (url: string, init: RequestInit) => Promise<Response>;

/**
 * Purges by tag what Cloudflare's network holds of the zone, with a token that may "Cache Purge, Purge" it: a hundred tags
 * at a time, one call after the other, since the smallest plan allows 5 calls a minute, and 25 at once. Rejects with the first call that is refused or does not answer,
 * naming Cloudflare's error codes; the tags before it are purged. No error holds the token.
 */
export function cloudflarePurge(
  { zoneId, apiToken }: ZoneAccess,
  { fetcher = fetch as Fetcher, endpoint = ENDPOINT, timeLimitMs = TIME_LIMIT_MS } = {},
): CdnPurge {
  async function purge(tags: readonly string[]): Promise<void> {
    const response = await fetcher(`${endpoint}/zones/${encodeURIComponent(zoneId)}/purge_cache`, {
      method: "POST",
      headers: { Authorization: `Bearer ${apiToken}`, "Content-Type": "application/json" },
      body: JSON.stringify({ tags }),
      // To another address the token must not go.
      redirect: "manual",
      signal: AbortSignal.timeout(timeLimitMs),
    });
    const { success, errors } = await readAnswer(response);
    if (response.status === 200 && success === true) return;
    const codes = Array.isArray(errors) ? errors.map((error) => Number(Object(error).code)) : [];
    throw new Error(`Cloudflare's purge answered ${response.status}, errors: ${codes.join(", ") || "none told"}`);
  }

  return {
    async purgeTags(tags) {
      const all = [...new Set(tags)];
      for (let from = 0; from < all.length; from += MAX_TAGS_PER_CALL) {
        await purge(all.slice(from, from + MAX_TAGS_PER_CALL));
      }
    },
  };
}

/** What Cloudflare says of a call; what is no JSON says nothing. */
async function readAnswer(response: Response): Promise<{ readonly success?: unknown; readonly errors?: unknown }> {
  const text = await response.text();
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
