import { parseRawUrl } from "../origin-url/raw-url.ts";
import { allowingRule } from "../origins/allow-list.ts";
import type { OriginScope } from "./selection.ts";

/** Whether a source URL, as the ledger keeps it, is one that a line of the allow-list is about. */
export function comesFrom(scope: OriginScope, sourceUrl: string): boolean {
  // The query says nothing here, and may be longer than any URL that we take: credentials were struck out by longer words.
  const url = parseRawUrl(sourceUrl.replace(/\?.*$/s, ""));
  if (typeof url === "string") return false;
  const rule = { ...scope, access: null, obeyPrivate: false, tags: [] };
  // What was kept was allowed once; whether this is local development does not matter any more.
  return allowingRule([rule], url, true) !== null;
}
