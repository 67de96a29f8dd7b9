import { and, gt, lt, lte, or, type SQL } from "drizzle-orm";
import * as z from "zod";
import { fromBase64Url, toBase64Url } from "../../core/crypto/base64url.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { EntryRow } from "./entry-row.ts";
import { entries } from "./schema.ts";

/** What a row is placed by: a key, the beginning of a URL, an id. Postgres takes no NUL in a text. */
const placeShape = z
  .array(
    z
      .string()
      .max(512)
      .regex(/^[^\p{Cc}\p{Cs}]*$/u),
  )
  .min(1)
  .max(2);

/**
 * Where a page of entries ended: the last one's change (ms since the epoch; ours are never finer) and id. Opaque to
 * clients, and of no use to them: the tenant is not in it.
 */
export function entryCursor({ updatedAt, id }: Pick<EntryRow, "updatedAt" | "id">): string {
  return toBase64Url(new TextEncoder().encode(`${updatedAt.getTime()} ${id}`));
}

/** What comes after a cursor: older, or as old with a higher id. Throws 400 for text that is no cursor of ours. */
export function afterCursor(cursor: string): SQL | undefined {
  const text = new TextDecoder().decode(fromBase64Url(cursor) ?? undefined);
  const [, time, id] = /^(\d{1,15}) ([\w-]{1,64})$/.exec(text) ?? [];
  if (!time || !id) throw notGiven();
  const updatedAt = new Date(Number(time));
  // The first of these is implied by the second, and alone lets the index begin in the right place.
  return and(lte(entries.updatedAt, updatedAt), or(lt(entries.updatedAt, updatedAt), gt(entries.id, id)));
}

/** Where a page in the order of keys or URLs ended. Opaque to clients, as well. */
export function placeCursor(place: readonly string[]): string {
  return toBase64Url(new TextEncoder().encode(JSON.stringify(place)));
}

/** The place behind a cursor. Throws 400 for text that is no cursor of ours. */
export function readPlace(cursor: string): readonly string[] {
  try {
    return placeShape.parse(JSON.parse(new TextDecoder().decode(fromBase64Url(cursor) ?? undefined)));
  } catch {
    throw notGiven();
  }
}

function notGiven(): SnapbyteError {
  return new SnapbyteError("INVALID_FIELD", "cursor is not one that this list gave.");
}
