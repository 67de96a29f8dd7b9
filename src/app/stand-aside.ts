import { SnapbyteError } from "../core/errors.ts";
import { encodeNonAscii } from "../core/origin-url/percent-encoding.ts";
import type { Aside } from "../core/plans/standing.ts";
import type { Source } from "./read-source.ts";
import type { Redirect } from "./resolve.ts";

/**
 * Where a download goes whose tenant is suspended, or over what it may use: to its origin, without a look at what we hold
 * and without a fill; the reason is told (RFC 9211 section 2.8). Nothing breaks for whoever downloads.
 */
export function standAside({ url, rule, key }: Source, { over }: Aside): Redirect {
  const reason = over === "suspended" ? "suspended" : "over_limit";
  return {
    location: encodeNonAscii(url.raw.text),
    cacheStatus: `snapbyte; fwd=bypass; detail=${DETAIL[over]}`,
    event: { kind: "bypass", key, rule: rule.id ?? null, reason },
  };
}

/** Tokens (RFC 8941 section 3.3.4). */
const DETAIL: Readonly<Record<Aside["over"], string>> = {
  suspended: "suspended",
  requests: "over-requests",
  deliveredBytes: "over-delivered-bytes",
  storedBytes: "over-stored-bytes",
};

/** The same for a download that names only a key: there is no origin to send it to. */
export function noneAside({ over, until }: Aside): SnapbyteError {
  if (over === "suspended") return new SnapbyteError("TENANT_SUSPENDED");
  return new SnapbyteError("PLAN_LIMIT", undefined, { limit: { name: over, allowed: null, until } });
}
