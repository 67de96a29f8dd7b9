import { and, gt, lt, lte, or, type SQL } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { fromBase64Url, toBase64Url } from "../../core/crypto/base64url.ts";
import { SnapbyteError } from "../../core/errors.ts";

/** Thirteen digits of milliseconds last until 2286. Later years some day have five, which Postgres does not read. */
const CURSOR = /^(\d{1,13}) ([\w-]{1,64})$/;

/**
 * Where a page ended that has the newest first: the last row's moment (ms since the epoch; ours are never finer) and id. Opaque to
 * clients, and of no use to them: the tenant is not in it.
 */
export function timeCursor(at: Date, id: string): string {
  return toBase64Url(new TextEncoder().encode(`${at.getTime()} ${id}`));
}

/** What comes after a cursor: older, or as old with a higher id. Throws 400 for text that is no cursor of ours. */
export function afterTimeCursor(
  cursor: string,
  columns: { readonly at: PgColumn; readonly id: PgColumn },
): SQL | undefined {
  const text = new TextDecoder().decode(fromBase64Url(cursor) ?? undefined);
  const [, time, id] = CURSOR.exec(text) ?? [];
  if (!time || !id) throw notGiven();
  const at = new Date(Number(time));
  // The first of these is implied by the second, and alone lets the index begin in the right place.
  return and(lte(columns.at, at), or(lt(columns.at, at), gt(columns.id, id)));
}

/** The caller's mistake. */
export function notGiven(): SnapbyteError {
  return new SnapbyteError("INVALID_FIELD", "cursor is not one that this list gave.");
}
