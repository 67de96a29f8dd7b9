import { optionalText, parsed, type RawSettings, text } from "./settings.ts";

/** The zone at Cloudflare that carries our traffic, and a token that may call Cloudflare's API about it. */
export type ZoneAccess = { readonly zoneId: string; readonly apiToken: string };

/** What CF_ZONE_ID and CF_API_TOKEN say; `null`: no zone is named. Throws MISCONFIGURED for a zone without a token. */
export function readZone(raw: RawSettings): ZoneAccess | null {
  const zoneId = optionalText(raw, "CF_ZONE_ID");
  return zoneId === null ? null : { zoneId, apiToken: text(raw, "CF_API_TOKEN") };
}

/** What EDGE_CACHE says, `on` or `off`: whether copies are kept in Cloudflare's cache, too. They are where nothing is said. */
export function readEdgeCache(raw: RawSettings): boolean {
  if (optionalText(raw, "EDGE_CACHE") === null) return true;
  return parsed(raw, "EDGE_CACHE", (value) => (value === "on" || value === "off" ? value === "on" : null));
}
