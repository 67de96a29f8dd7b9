import type { AuditDetail } from "../audit.ts";
import { redactUrlsIn } from "../origin-url/redact.ts";
import type { PurgeSelection } from "./selection.ts";

/** Keys that a record of a purge names. */
const KEYS_TOLD = 100;

/** What a purge was about, in the API's words. A signed URL that somebody has taken for a key loses its credentials. */
export function describeSelection(selection: PurgeSelection): AuditDetail {
  switch (selection.by) {
    case "keys":
      return { keys: selection.keys.slice(0, KEYS_TOLD).map(redactUrlsIn), keys_total: selection.keys.length };
    case "key-prefix":
      return { prefix: redactUrlsIn(selection.prefix) };
    case "url-prefix":
      return { url_prefix: redactUrlsIn(selection.prefix) };
    case "tag":
      return { tag: selection.tag };
    case "origin":
      return { origin: selection.id };
    case "all":
      return { all: true };
  }
}
