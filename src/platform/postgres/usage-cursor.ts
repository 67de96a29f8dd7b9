import { type SQL, sql } from "drizzle-orm";
import { fromBase64Url, toBase64Url } from "../../core/crypto/base64url.ts";
import { SnapbyteError } from "../../core/errors.ts";

/** Where a page of usage ended: the last row's period (ms since the epoch) and name. Opaque to clients. */
export function usageCursor(period: string, name: string): string {
  return toBase64Url(new TextEncoder().encode(`${period} ${name}`));
}

/** The period and name behind a cursor, as a row in SQL. Throws 400 for text that is no cursor of ours. */
export function afterUsageCursor(cursor: string): SQL {
  const text = new TextDecoder().decode(fromBase64Url(cursor) ?? undefined);
  const [, period, name] = /^(\d{1,15}) ([\w-]{0,64})$/.exec(text) ?? [];
  if (!period || name === undefined) throw new SnapbyteError("INVALID_FIELD", "cursor is not one that usage gave.");
  return sql`(${period}::bigint, ${name})`;
}
