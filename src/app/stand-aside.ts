import { SnapbyteError } from "../core/errors.ts";
import { encodeNonAscii } from "../core/origin-url/percent-encoding.ts";
import { type Aside, spellOver } from "../core/plans/standing.ts";
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
    cacheStatus: `snapbyte; fwd=bypass; detail=${detailOf(over)}`,
    event: { kind: "bypass", key, rule: rule.id ?? null, reason },
  };
}

/** A token (RFC 8941 section 3.3.4). */
function detailOf(over: Aside["over"]): string {
  return over === "suspended" ? over : `over-${spellOver(over).replace("_", "-")}`;
}

/** The same for a download that names only a key: there is no origin to send it to. */
export function noneAside({ over, allowed, until }: Aside): SnapbyteError {
  if (over === "suspended") return new SnapbyteError("TENANT_SUSPENDED");
  return new SnapbyteError("PLAN_LIMIT", undefined, { limit: { name: spellOver(over), allowed, until } });
}
