import type { AuditDetail } from "../audit.ts";
import type { PurgeSelection } from "./selection.ts";

/** Keys that a record of a purge names. */
const KEYS_TOLD = 100;

/** What a purge was about, in the API's words. */
export function describeSelection(selection: PurgeSelection): AuditDetail {
  switch (selection.by) {
    case "keys":
      return { keys: selection.keys.slice(0, KEYS_TOLD), keys_total: selection.keys.length };
    case "key-prefix":
      return { prefix: selection.prefix };
    case "url-prefix":
      return { url_prefix: selection.prefix };
    case "tag":
      return { tag: selection.tag };
    case "origin":
      return { origin: selection.id };
    case "all":
      return { all: true };
  }
}
