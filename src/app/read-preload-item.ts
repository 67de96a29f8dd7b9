import { SnapbyteError } from "../core/errors.ts";
import type { PreloadItemBody } from "../core/preload/preload-item.ts";
import { checkCustomKey } from "../core/proxy-query.ts";
import type { Tenant } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { PreloadItem } from "./preload.ts";
import { readSource } from "./read-source.ts";

/** The last moment that four digits of a year can say, UTC: past it, a time zone can push a date that JSON holds. */
const LAST_MOMENT = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Understands a wanted copy and checks it against the allow-list. `path`: what stands before its fields in errors. Throws
 * 400 and 403, in words that repeat nothing of the URL.
 */
export async function readPreloadItem(
  tenant: Tenant,
  { url, hash, expires_at, tags = [] }: PreloadItemBody,
  path: string,
  { local, clock }: { readonly local: boolean; readonly clock: Clock },
): Promise<PreloadItem> {
  const key = hash === undefined ? null : checkCustomKey(`${path}hash`, hash);
  const expiresAt = expires_at === undefined ? null : Date.parse(expires_at);
  if (expiresAt !== null && expiresAt <= clock.now()) {
    throw new SnapbyteError("INVALID_FIELD", `${path}expires_at must be in the future.`);
  }
  if (expiresAt !== null && expiresAt > LAST_MOMENT) {
    throw new SnapbyteError("INVALID_FIELD", `${path}expires_at must be before the year 10000.`);
  }
  return { source: await readSource(tenant, url, key, local, `${path}url`), expiresAt, tags };
}
